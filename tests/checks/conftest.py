"""Makes the account views known to the case files."""

import account_cases

__all__ = ["account_cases"]
