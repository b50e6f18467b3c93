"""The rules of entry: what a fact must satisfy, by whichever door it comes in (the API, or a workbook).

One home for each rule. What belongs here is pure: values in, an objection or nothing out; it asks no database, no clock
and no settings. ``regels.REGELS`` names every rule and its code at each door, and ``tests/invoer`` walks them all.
"""
