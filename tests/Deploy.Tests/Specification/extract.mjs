// npm ci && npm run extract -- DIR: writes resources.json, the specification of every resource type in DIR's templates. It comes from
// the database that the CDK's own classes are generated from, and so from CloudFormation's schemas.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const folder = process.argv[2] ?? '../../../Deploy/templates';
const database = loadAwsServiceSpecSync();
const types = {};

const describe = (type) => {
  switch (type.type) {
    case 'ref': {
      const definition = database.get('typeDefinition', type.reference.$ref);
      const name = `${definition.name}#${definition.$id}`;
      if (!(name in types)) {
        types[name] = {};
        Object.assign(types[name], describeProperties(definition.properties));
      }
      return { object: name };
    }
    case 'array':
      return { list: describe(type.element) };
    case 'map':
      return { map: describe(type.element) };
    case 'union':
      return { any: type.types.map(describe) };
    case 'tag':
      return { any: ['json'] };
    default:
      return type.type;
  }
};

const describeProperties = (properties) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      // A property whose type was changed takes what was right before, too.
      {
        ...(property.required ? { required: true } : {}),
        type: property.previousTypes?.length
          ? { any: [property.type, ...property.previousTypes].map(describe) }
          : describe(property.type),
      },
    ]),
  );

const used = new Set(
  readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((name) => Object.values(JSON.parse(readFileSync(join(folder, name), 'utf8')).Resources))
    .map((resource) => resource.Type),
);

const resources = {};
for (const name of [...used].sort()) {
  const resource = database.lookup('resource', 'cloudFormationType', 'equals', name).only();
  resources[name] = {
    properties: describeProperties(resource.properties),
    attributes: Object.keys(resource.attributes),
  };
}

const { version } = JSON.parse(readFileSync('node_modules/@aws-cdk/aws-service-spec/package.json', 'utf8'));
const lines = (object) =>
  Object.entries(object)
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');
writeFileSync(
  'resources.json',
  `{\n  "source": "@aws-cdk/aws-service-spec ${version}",\n  "resources": {\n${lines(resources)}\n  },\n  "types": {\n${lines(types)}\n  }\n}\n`,
);
console.log(`${used.size} resource types, ${Object.keys(types).length} others, from ${version}`);
