"""The workspace file: reports, as-read forms and the journal of every edit."""
