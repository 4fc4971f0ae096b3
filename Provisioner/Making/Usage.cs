namespace Provisioner.Making;

internal static class Usage
{
    public const string Text = """
        provisioner [TEMPLATE] [--Provisioner:KEY=VALUE ...]

        Makes the queues and tables of a CloudFormation template by the SQS and DynamoDB APIs, at the endpoint that
        AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_DYNAMODB (or AWS_ENDPOINT_URL) name. It can be run again: what is there
        is kept, attributes of queues are set to what the template says, nothing is ever deleted.

          TEMPLATE                              default: pipeline.template.json beside the program
          --Provisioner:Parameters:NAME=VALUE   the value of a parameter of the template
          --Provisioner:EndpointTimeout=TIME    how long to wait for an endpoint that does not answer yet (00:00:30)
          --help                                this text

        Exit codes: 0 all is there; 1 an endpoint did not answer or refused; 2 template or options are wrong, nothing was touched.
        """;

    public static bool IsAskedFor(string[] arguments) =>
        arguments.Any(argument => argument is "--help" or "-h" or "-?" or "/?");
}
