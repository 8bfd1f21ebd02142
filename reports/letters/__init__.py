"""整改通知单, 提示单 and their reply forms as documents."""
