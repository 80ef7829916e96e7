"""The programme workbook: what data/programmes holds, as a workbook that goes out and comes back the same."""
