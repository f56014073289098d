"""Files for people: spreadsheets in, certificates, CSV and XLSX out."""
