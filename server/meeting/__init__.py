"""The pure core: facts in, state out. Nothing here waits, listens, writes or knows a clock."""
