"""Spreadsheets that people send, read as they are: by content, under limits, without guessing.

Steps, in this order because each needs the one before: bytes, container by content, encoding,
letters of before Unicode, then the header and the rows below it. What the cells mean is decided in
``judgeapp.domain`` by column.
"""
