"""gkdesk (政务公开年报审核台): review desk for annual reports on government information disclosure."""

__version__ = "0.1.0"
