"""Jobs from start to end: nightly, audit, gate, probe, recheck, their child processes."""
