"""Tables and notebooks go in; HTML pages, workbooks and data packages come out."""
