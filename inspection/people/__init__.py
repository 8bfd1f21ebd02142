"""What people decide: findings, doubts, worksheets, and scores made again by it."""
