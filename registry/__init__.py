"""Who is inspected: import with a preview, validity, export. Everything a sheet can get wrong is said with its row."""

from registry.building import Import, build
from registry.export import export, fields, records
from registry.preview import preview
from registry.sheets import Row, Sheets, read_file

__all__ = ["Import", "Row", "Sheets", "build", "export", "fields", "preview", "read_file", "records"]
