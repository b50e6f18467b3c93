"""The pages for people: a file per noun, a package where a noun has several.

Each route names its permission, or is public on purpose. What every page has, stands here; what forms need in
``formulieren``; what pages say in ``woorden``.
"""
