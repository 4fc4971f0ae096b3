// Most tests start processes and watch what they do: one after the other, so that no deadline depends on how many cores there are.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
