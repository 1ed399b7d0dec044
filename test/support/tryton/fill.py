"""Fills a new Tryton in two steps. "company": a company to trade with (two customers, a supplier, three items in stock, a
20 % tax, three users). "trade": one sale at each step of its way, a purchase and a supplier's bill.

usage: NOVA_PASSWORD=... fill.py CONFIG DATABASE company|trade   (with Debian's own Python, where trytond and proteus are)
"""
import datetime
import os
import sys
import warnings
from decimal import Decimal

warnings.simplefilter('ignore')
config_file, database, step = sys.argv[1:]

from proteus import Model  # noqa: E402
from proteus import config as connection  # noqa: E402

settings = connection.set_trytond(database, user='admin', config_file=config_file)

from trytond.modules.account.tests.tools import (  # noqa: E402
    create_chart, create_fiscalyear, create_tax, get_accounts)
from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences  # noqa: E402
from trytond.modules.company.tests.tools import create_company, get_company  # noqa: E402


def model(name):
    return Model.get(name)


def act_in_company():
    settings._context = model('res.user').get_preferences(True, {})


def found(kind, /, **fields):
    record, = model(kind).find([(field, '=', value) for field, value in fields.items()])
    return record


def fill_books():
    this_year = datetime.date.today().year
    for number in (this_year - 1, this_year, this_year + 1):
        year = create_fiscalyear(get_company(), today=datetime.date(number, 3, 1))
        set_fiscalyear_invoice_sequences(year).click('create_period')
    create_chart(get_company())
    accounts = get_accounts(get_company())
    vat = create_tax(Decimal('.20'))
    vat.save()
    model('account.invoice.payment.method')(
        name='Cash', journal=found('account.journal', type='cash'),
        credit_account=accounts['cash'], debit_account=accounts['cash']).save()
    term = model('account.invoice.payment_term')(name='Net 30')
    line = term.lines.new(type='remainder')
    line.relativedeltas.new(days=30)
    term.save()
    goods = model('product.category')(
        name='Goods', accounting=True, account_expense=accounts['expense'], account_revenue=accounts['revenue'])
    goods.customer_taxes.append(vat)
    goods.save()


def fill_goods():
    count = model('stock.inventory')(location=found('stock.location', code='STO'))
    for code, name, price, cost, pieces in (
            ('BOLT-M8', 'Bolt M8', '0.40', '0.15', 1000),
            ('GEAR-12', 'Gear 12', '18.50', '9.00', 40),
            ('PUMP-A', 'Pump A', '249.00', '160.00', 3)):
        template = model('product.template')(
            name=name, default_uom=found('product.uom', name='Unit'), type='goods', salable=True,
            purchasable=True, list_price=Decimal(price), account_category=found('product.category', name='Goods'))
        template.save()
        item, = template.products
        item.suffix_code = code
        item.cost_price = Decimal(cost)
        item.save()
        line = count.lines.new(product=item)
        line.quantity = float(pieces)
        line.expected_quantity = 0.0
    count.click('confirm')


def fill_users():
    """The seller has no right in accounting; the clerk may write invoices, and has no button for them."""
    company = get_company()
    paper = model('res.group')(name='Paperwork')
    for kind in ('account.invoice', 'account.invoice.line', 'account.move'):
        paper.model_access.append(model('ir.model.access')(
            model=found('ir.model', model=kind), perm_read=True, perm_write=True, perm_create=True))
    paper.save()
    selling = ['Sales', 'Stock', 'Party Administration', 'Product Administration']
    for login, groups in (('seller', selling), ('clerk', ['Sales', 'Paperwork'])):
        user = model('res.user')(name=login.title(), login=login, password=os.environ['NOVA_PASSWORD'])
        user.companies.append(model('company.company')(company.id))
        user.company = model('company.company')(company.id)
        for group in model('res.group').find([('name', 'in', groups)]):
            user.groups.append(group)
        user.save()


def fill_company():
    house = model('party.party')(name='Harbor Trading')
    house.save()
    create_company(party=house)
    act_in_company()
    fill_books()
    term = found('account.invoice.payment_term', name='Net 30')
    for name, city in (('Acme Industrial', 'Kiel'), ('Northwind Tools', 'Oslo')):
        party = model('party.party')(name=name, customer_payment_term=term)
        party.addresses[0].city = city
        party.save()
    model('party.party')(name='Brasswork Supplies', supplier_payment_term=term).save()
    fill_goods()
    fill_users()


def sell(customer, code, pieces, *steps):
    sale = model('sale.sale')(party=found('party.party', name=customer), sale_date=datetime.date.today())
    line = sale.lines.new()
    line.product = found('product.product', code=code)
    line.quantity = float(pieces)
    sale.save()
    sale.click('quote')
    if 'confirm' in steps:
        sale.click('confirm')
    if 'ship' in steps:
        shipment, = sale.shipments
        for button in ('assign_try', 'pick', 'pack', 'done'):
            shipment.click(button)
    if 'invoice' in steps:
        invoice, = sale.invoices
        invoice.invoice_date = datetime.date.today()
        invoice.save()
        invoice.click('post')


def fill_trade():
    act_in_company()
    for pieces, *steps in (
            (1,), (2,), (1, 'confirm'), (1, 'confirm', 'ship'), (1, 'confirm', 'ship', 'invoice'), (1,)):
        sell('Acme Industrial', 'GEAR-12', pieces, *steps)
    sell('Northwind Tools', 'PUMP-A', 50)
    supplier = found('party.party', name='Brasswork Supplies')
    purchase = model('purchase.purchase')(
        party=supplier, purchase_date=datetime.date.today(), invoice_method='manual')
    line = purchase.lines.new()
    line.product = found('product.product', code='BOLT-M8')
    line.quantity = 100.0
    line.unit_price = Decimal('0.1500')
    purchase.save()
    for button in ('quote', 'confirm'):
        purchase.click(button)
    bill = model('account.invoice')(type='in', party=supplier, invoice_date=datetime.date.today())
    line = bill.lines.new()
    line.product = found('product.product', code='BOLT-M8')
    line.quantity = 100.0
    line.unit_price = Decimal('0.1500')
    bill.save()
    bill.click('post')


if step == 'company':
    fill_company()
else:
    fill_trade()
