"""The store on SQLite or PostgreSQL."""

from storage.sql_accounts import SqlAccounts
from storage.sql_buckets import SqlBuckets
from storage.sql_captures import SqlCaptures
from storage.sql_finding_search import SqlFindingSearch
from storage.sql_findings import SqlFindings
from storage.sql_issued import SqlIssued
from storage.sql_leases import SqlLeases
from storage.sql_ledger import SqlLedger
from storage.sql_letters import SqlLetters
from storage.sql_links import SqlLinks
from storage.sql_log_in import SqlLogIn
from storage.sql_office import SqlOffice
from storage.sql_operations import SqlOperations
from storage.sql_periods import SqlPeriods
from storage.sql_registry import SqlRegistry
from storage.sql_replays import SqlReplays
from storage.sql_runs import SqlRuns
from storage.sql_trail import SqlTrail
from storage.sql_upkeep import SqlUpkeep
from storage.sql_webhooks import SqlWebhooks


class SqlStore(
    SqlCaptures,
    SqlLinks,
    SqlRuns,
    SqlRegistry,
    SqlFindings,
    SqlAccounts,
    SqlBuckets,
    SqlLeases,
    SqlPeriods,
    SqlOffice,
    SqlTrail,
    SqlLetters,
    SqlLedger,
    SqlIssued,
    SqlOperations,
    SqlUpkeep,
    SqlLogIn,
    SqlReplays,
    SqlWebhooks,
    SqlFindingSearch,
):
    """Everything of the `Store` port, put together by topic."""

    def close(self) -> None:
        """Release files and connections."""
        try:
            self.blobs.close()
        finally:
            self.db.close()
