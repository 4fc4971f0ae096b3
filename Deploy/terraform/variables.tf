variable "stack_name" {
  description = "The name of the CloudFormation stack."
  type        = string
  default     = "genesys"
}

variable "template" {
  description = "The template that Deploy wrote, such as ../templates/native-fargate.template.json."
  type        = string
}

variable "bucket" {
  description = "The bucket that CloudFormation reads the template from: the output PackageBucket of the artifacts stack. A template is too large to be sent along."
  type        = string
}

variable "event_source_prefix" {
  description = "The beginning of the partner event source's name, up to the whole of it: aws.partner/genesys.com/cloud/{organisation}/{suffix}."
  type        = string
}

variable "genesys_domain" {
  description = "The domain of the organisation's region, such as mypurecloud.de."
  type        = string
}

variable "genesys_credentials" {
  description = "The ARN of a secret with clientId and clientSecret. Only its ARN: what Terraform reads stands in its state."
  type        = string
}

variable "release" {
  description = "The tag of the images and the folder of the Lambda package."
  type        = string
}

variable "parameters" {
  description = "The template's other parameters, where their defaults are not right: NamePrefix, AlarmEmail, IngestorHost and so on."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "For the stack and all it makes."
  type        = map(string)
  default     = {}
}
