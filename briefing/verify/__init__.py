"""Is a file still what its run says."""
