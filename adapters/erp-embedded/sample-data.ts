// The sample company: a dealer in spare parts for sweepers and in signs for car parks and warehouses. Days are
// counted back from the day of seeding, so that some invoices are overdue whenever someone first starts Nova.
import { z } from "zod";

export const company = { name: "Harbor Sweeper Parts", currency: "USD" };

const cells = (table: string): string[][] =>
  table
    .trim()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()));

const Pair = z.tuple([z.string(), z.string()]);

export const chartOfAccounts = z.array(Pair).parse(
  cells(`
  1000 | Cash
  1100 | Receivable
  1200 | Inventory
  1300 | Input tax
  2100 | Payable
  2150 | Goods received, not billed
  2200 | Sales tax
  3000 | Equity
  4000 | Revenue
  5000 | Cost of goods
  5900 | Stock differences
  5950 | Purchase price differences`),
);

export const locations = z.array(Pair).parse(
  cells(`
  MAIN | Main warehouse
  VAN  | Service van`),
);

const Count = z.coerce.number().int();

// name | kind | city | terms in days | credit limit in cents, 0 for none
export const parties = z
  .array(z.tuple([z.string(), z.enum(["customer", "supplier"]), z.string(), Count, Count]))
  .parse(
    cells(`
  Lakeside Facility Services       | customer | Erie       | 30 | 1500000
  Northgate Shopping Center        | customer | Toledo     | 30 | 1000000
  Ironwood Logistics               | customer | Gary       | 14 | 800000
  City of Marlow Street Department | customer | Marlow     | 45 | 0
  Brightway Parking                | customer | Dayton     | 30 | 600000
  Summit Cold Storage              | customer | Akron      | 30 | 750000
  Pinecrest Schools                | customer | Pinecrest  | 45 | 500000
  Delta Rental Equipment           | customer | Fort Wayne | 14 | 1200000
  Oakfield Warehousing             | customer | Lima       | 30 | 400000
  Kestrel Brush Works              | supplier | Buffalo    | 30 | 0
  Union Filter and Hose            | supplier | Detroit    | 45 | 0
  Plainview Sign Supply            | supplier | Columbus   | 30 | 0`),
  );

// sku | name | category | price and cost in cents | units in the main warehouse, in the van | reorder level
export const items = z
  .array(z.tuple([z.string(), z.string(), z.string(), Count, Count, Count, Count, Count]))
  .parse(
    cells(`
  BR-MAIN-36 | Main brush 36 in            | brushes     | 18900 | 11200 | 14 | 2  | 6
  BR-MAIN-42 | Main brush 42 in            | brushes     | 21450 | 12900 | 9  | 0  | 4
  BR-SIDE-14 | Side brush 14 in            | brushes     | 6450  | 3480  | 32 | 6  | 12
  BR-SIDE-18 | Side brush 18 in            | brushes     | 7995  | 4310  | 5  | 2  | 8
  BR-WIRE-14 | Wire side brush 14 in       | brushes     | 8825  | 5075  | 11 | 0  | 4
  BR-GUTTER  | Gutter broom 26 in          | brushes     | 11250 | 6480  | 10 | 0  | 4
  FI-PANEL   | Panel filter                | filters     | 9640  | 5620  | 18 | 3  | 6
  FI-DUST    | Dust bag filter             | filters     | 3275  | 1640  | 41 | 8  | 15
  SQ-28      | Squeegee blade 28 in        | squeegees   | 4785  | 2415  | 22 | 4  | 10
  SQ-34      | Squeegee blade 34 in        | squeegees   | 5540  | 2860  | 3  | 0  | 6
  SK-FRONT   | Front dust skirt            | skirts      | 5120  | 2735  | 13 | 1  | 5
  SK-REAR    | Rear dust skirt             | skirts      | 4980  | 2690  | 12 | 1  | 5
  BT-DRIVE   | Drive belt                  | drive parts | 2845  | 1190  | 27 | 5  | 10
  WH-CASTER  | Caster wheel 8 in           | drive parts | 7360  | 4020  | 8  | 2  | 4
  HO-VAC     | Vacuum hose 2 in            | hoses       | 5915  | 3110  | 16 | 2  | 6
  WA-PUMP    | Water pump 12 V             | water       | 13890 | 8270  | 6  | 1  | 3
  WA-NOZZLE  | Spray nozzle                | water       | 1240  | 415   | 85 | 20 | 30
  BA-24V     | Traction battery 24 V       | electrical  | 64900 | 44200 | 4  | 0  | 2
  CH-24V     | Battery charger 24 V        | electrical  | 38750 | 25300 | 3  | 0  | 1
  SG-PARK    | Reserved parking sign       | signage     | 2890  | 1145  | 48 | 0  | 20
  SG-WET     | Wet floor stand             | signage     | 1995  | 780   | 60 | 10 | 25
  SG-EXIT    | Exit sign, photoluminescent | signage     | 3460  | 1520  | 19 | 0  | 10
  SG-SPEED   | Speed limit sign 5 mph      | signage     | 3725  | 1690  | 7  | 0  | 8`),
  );

const Lines = z.string().transform((text) =>
  text.split(",").map((line) => {
    const [item = "", units = ""] = line.trim().split(" x ");
    return { item, quantityThousandths: Number(units) * 1000 };
  }),
);
const Reached = z.enum(["draft", "confirmed", "shipped", "invoiced", "cancelled"]);

// customer | days ago | lines | how far it got | percent of its invoice that is paid. SO-1001 onwards, in this
// order; SO-1007 is the draft that waits to be confirmed.
export const orders = z.array(z.tuple([z.string(), Count, Lines, Reached, Count])).parse(
  cells(`
  Lakeside Facility Services       | 96 | BR-MAIN-36 x 4, BR-SIDE-14 x 8         | invoiced  | 100
  Northgate Shopping Center        | 78 | SG-PARK x 12, SG-SPEED x 4             | invoiced  | 0
  Ironwood Logistics               | 61 | BA-24V x 1, BT-DRIVE x 3               | invoiced  | 50
  Brightway Parking                | 52 | SG-WET x 15, SG-EXIT x 5               | invoiced  | 0
  Delta Rental Equipment           | 40 | BR-MAIN-42 x 2, SQ-28 x 6, FI-PANEL x 2 | invoiced | 0
  Summit Cold Storage              | 12 | SK-FRONT x 2, SK-REAR x 2              | invoiced  | 0
  Lakeside Facility Services       | 2  | BR-MAIN-36 x 3, BR-SIDE-14 x 6         | draft     | 0
  City of Marlow Street Department | 9  | BR-SIDE-18 x 2, BR-WIRE-14 x 4         | shipped   | 0
  Pinecrest Schools                | 6  | FI-DUST x 10, HO-VAC x 2               | confirmed | 0
  Oakfield Warehousing             | 5  | SQ-34 x 8                              | draft     | 0
  Ironwood Logistics               | 4  | WH-CASTER x 2                          | cancelled | 0
  Delta Rental Equipment           | 1  | CH-24V x 1, BA-24V x 1                 | draft     | 0`),
);

/** What the owner has put into the company's account, in cents. */
export const openingCash = 2_500_000;

// customer | days ago | lines | how far it got. QU-1001 onwards.
export const quotes = z
  .array(z.tuple([z.string(), Count, Lines, z.enum(["draft", "sent", "declined"])]))
  .parse(
    cells(`
  Summit Cold Storage  | 20 | SK-FRONT x 4, SQ-28 x 2 | declined
  Pinecrest Schools    | 8  | BR-GUTTER x 2, SG-EXIT x 6 | sent
  Oakfield Warehousing | 1  | BT-DRIVE x 5            | draft`),
  );

// supplier | days ago | lines | how far it got. PR-1001 and PO-1001 onwards.
export const purchases = z
  .array(z.tuple([z.string(), Count, Lines, z.enum(["requested", "sent", "billed", "paid"])]))
  .parse(
    cells(`
  Union Filter and Hose | 70 | WA-NOZZLE x 40 | paid
  Plainview Sign Supply | 50 | SG-WET x 20    | billed
  Kestrel Brush Works   | 6  | BR-SIDE-18 x 12 | sent
  Plainview Sign Supply | 2  | SG-SPEED x 10  | requested`),
  );
