// Tests look for processes left behind; those of another test would be taken for their own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
