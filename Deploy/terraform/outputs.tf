output "outputs" {
  description = "All outputs of the stack, by name."
  value       = aws_cloudformation_stack.genesys.outputs
}

output "event_bus_arn" {
  description = "The bus of the partner event source."
  value       = aws_cloudformation_stack.genesys.outputs["EventBusArn"]
}

output "archive_name" {
  description = "The archive a replay is made from."
  value       = aws_cloudformation_stack.genesys.outputs["ArchiveName"]
}

output "events_queue_url" {
  description = "Where events wait for the Processor."
  value       = aws_cloudformation_stack.genesys.outputs["EventsQueueUrl"]
}

output "dead_letter_queue_url" {
  description = "Where events wait for a person."
  value       = aws_cloudformation_stack.genesys.outputs["DeadLetterQueueUrl"]
}

output "alarm_topic_arn" {
  description = "Subscribe here to hear of alarms."
  value       = aws_cloudformation_stack.genesys.outputs["AlarmTopicArn"]
}
