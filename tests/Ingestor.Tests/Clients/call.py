"""usage: python3 call.py ENDPOINT OPERATION REQUEST-AS-JSON

Prints the answer as JSON, or {"error": "the code of the error"}.
"""

import json
import sys

import boto3
import botocore.exceptions

endpoint, operation, request = sys.argv[1:]
client = boto3.client("events", endpoint_url=endpoint, region_name="us-east-1")
call = client.put_events if operation == "PutEvents" else client.test_event_pattern
try:
    answer = call(**json.loads(request))
    del answer["ResponseMetadata"]
    print(json.dumps(answer))
except botocore.exceptions.ClientError as error:
    print(json.dumps({"error": error.response["Error"]["Code"]}))
