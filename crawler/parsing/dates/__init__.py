"""Days and moments as Chinese pages write them, what stands before them, and when there is certainly none."""
