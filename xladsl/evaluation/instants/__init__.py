"""Time, compiled before anything is asked of rows: zones, clocks that run in some hours only, and windows."""
