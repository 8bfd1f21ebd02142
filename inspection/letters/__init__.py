"""整改通知单 and 提示单: drafted, issued, answered, looked at again, closed."""
