// Input fields that several ERP tools share. Their descriptions and patterns are what a model fills them by.
import { z } from "zod";
import { recordName, recordNumber } from "../record-fields.ts";

/** As the embedded ERP and Tryton number them, then ERPNext, then Odoo. */
export const OrderNumber = recordNumber(
  z
    .string()
    .regex(/^(?:[Ss][Oo]-\d{4,9}|[Ss][Aa][Ll]-[Oo][Rr][Dd]-\d{4}-\d{5,9}|[Ss]\d{5,9})$/)
    .describe("number of the sales order, e.g. SO-1007"),
);

export const InvoiceNumber = recordNumber(
  z
    .string()
    .regex(
      /^(?:[Ii][Nn][Vv]-\d{4}-\d{4,9}|[Aa][Cc][Cc]-[Ss][Ii][Nn][Vv]-\d{4}-\d{5,9}|[Ii][Nn][Vv]\/\d{4}\/\d{4,9})$/,
    )
    .describe("number of the invoice, e.g. INV-2026-0004"),
);

export const QuoteNumber = recordNumber(
  z
    .string()
    .regex(/^[Qq][Uu]-\d{4,9}$/)
    .describe("number of the quote, e.g. QU-1002"),
);

export const RequestNumber = recordNumber(
  z
    .string()
    .regex(/^[Pp][Rr]-\d{4,9}$/)
    .describe("number of the purchase request, e.g. PR-1004"),
);

export const PurchaseNumber = recordNumber(
  z
    .string()
    .regex(/^[Pp][Oo]-\d{4,9}$/)
    .describe("number of the purchase order, e.g. PO-1003"),
);

export const BillNumber = recordNumber(
  z
    .string()
    .regex(/^(?:[Bb][Ii][Ll][Ll]-\d{4}-\d{4,9}|[Bb][Ii][Ll][Ll]\/\d{4}\/(?:\d{2}\/)?\d{4,9})$/)
    .describe("number of the supplier's bill, e.g. BILL-2026-0002"),
);

export const EntryNumber = recordNumber(
  z
    .string()
    .regex(/^[Jj][Ee]-\d{1,9}$/)
    .describe("number of the journal entry, e.g. JE-12"),
);

export const ItemName = recordName(
  z.string().trim().min(1).max(200).describe("name or number of one item, e.g. Main brush 36 in"),
);
export const CustomerName = recordName(
  z.string().trim().min(1).max(200).describe("name or code of the customer, e.g. Ironwood Logistics"),
);
export const SupplierName = recordName(
  z.string().trim().min(1).max(200).describe("name or code of the supplier, e.g. Kestrel Brush Works"),
);
export const Quantity = z
  .number()
  .positive()
  .max(100_000)
  .refine((value) => hasDecimals(3)(value), "at most three decimals")
  .describe("how many, e.g. 3");
export const Amount = z
  .number()
  .positive()
  .max(1_000_000_000)
  .refine((value) => hasDecimals(2)(value), "at most two decimals");
export const Email = z.email().describe("mail address");
export const City = z.string().trim().min(1).max(200).describe("city");
export const TermsDays = z.int().min(0).max(365).describe("days to pay");
export const Location = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .optional()
  .describe("name of the stock location; absent: the main warehouse");

/** 2.5 > 2500; the schema has refused a fourth decimal, nothing is rounded away. */
export const toThousandths = (quantity: number): number => Math.round(quantity * 1000);

/** 597.6 > 59760. */
export const toCents = (amount: number): number => Math.round(amount * 100);

/** For `refine`: true when the value has no more decimals than that. */
export const hasDecimals =
  (places: number) =>
  (value: number): boolean =>
    Math.abs(Math.round(value * 10 ** places) / 10 ** places - value) < 1e-9;
