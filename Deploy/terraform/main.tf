# The template is the definition; Terraform brings it to the account and gives back what it made.

locals {
  template = file(var.template)
}

# Genesys Cloud's integration has made this source, and it is pending. The stack makes the bus of the same name, and that is
# what associates the two.
data "aws_cloudwatch_event_source" "genesys" {
  name_prefix = var.event_source_prefix
}

data "aws_s3_bucket" "packages" {
  bucket = var.bucket
}

resource "aws_s3_object" "template" {
  bucket       = data.aws_s3_bucket.packages.bucket
  key          = "templates/${var.stack_name}/${sha256(local.template)}.json"
  content      = local.template
  content_type = "application/json"
}

resource "aws_cloudformation_stack" "genesys" {
  name         = var.stack_name
  template_url = "https://${data.aws_s3_bucket.packages.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM"]
  on_failure   = "ROLLBACK"
  tags         = var.tags

  parameters = merge(
    {
      PartnerEventSource = data.aws_cloudwatch_event_source.genesys.name
      GenesysDomain      = var.genesys_domain
      GenesysCredentials = var.genesys_credentials
      Release            = var.release
    },
    var.parameters,
  )

  timeouts {
    create = "60m"
    update = "60m"
    delete = "60m"
  }
}
