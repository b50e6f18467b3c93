"""The pure half of the workbook import: a file in; its faults, its good rows and a repairable workbook out.

What belongs here reads no database, no clock and no settings: what is already stored and which day it is are
arguments. The way of a file: ``read.read_werkboek`` → ``check.check_werkboek`` (parse, check_rows, check_links,
check_overlap, hold_back) → ``keuring.Keuring`` → ``fault_list`` and ``return_workbook``. Nothing is re-exported, so
that who needs one small module does not load a spreadsheet reader. Source: ``afspraken.md`` §3 and §5.
"""
