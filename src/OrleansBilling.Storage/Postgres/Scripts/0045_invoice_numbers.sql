-- concurrent
-- runs with programs since: 39
-- Invoices are found by their number in the series of any seller.
create index concurrently if not exists document_invoice_number on document (number) where kind = 1;
