"""A register as tables: their schema, reader, writer, checks and workbook; and the pack that is shipped."""
