"""The report that a physician edits and signs, and the same facts as JSON and CSV."""

from BMLesionSegLib.exporting.report.report_files import write_report

__all__ = ["write_report"]
