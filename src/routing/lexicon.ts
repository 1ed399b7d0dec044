// What one word of business stands for, in the words that people use for it: twenty examples of an agent hold few of them.
// Written from the agents' jobs and ordinary English and German, with the commonest words of some neighbours' languages.

/** One concept a line: its name, then what people say for it (up to three words), in lower case. */
export const lexicon = `
customer: customer, customers, client, clients, buyer, buyers, account holder, kunde, kunden, kundin, auftraggeber, cliente, clienti, clientes, klant, klanten
supplier: supplier, suppliers, vendor, vendors, manufacturer, wholesaler, distributor, lieferant, lieferanten, hersteller, fournisseur, fournisseurs, proveedor, proveedores, fornitore, fornitori, leverancier
supply: supplies, supply, supplied, sells us, deliver to, buy from, get from, source, liefert, liefern, beziehen, bezieht
item: item, items, article, articles, product, products, sku, skus, artikel, artikelnummer, produkt, produkte, producto, articolo, prodotto
catalogue: catalogue, catalog, assortment, range, price list, pricelist, sortiment, katalog, preisliste, listino
part: part, parts, spare, spares, spare part, replacement, ersatzteil, ersatzteile, pieza, repuesto, ricambio, onderdeel, pièce
machine: machine, machines, sweeper, sweepers, scrubber, scrubbers, vacuum, walk behind, ride on, forklift, maschine, maschinen, kehrmaschine, scheuersaugmaschine, balayeuse, barredora, spazzatrice, veegmachine
fits: fit, fits, fitting, suit, suits, suitable, compatible, compatibility, goes on, goes in, go on, match, matches, belongs, right for, works with, work with, passt, passen, passend, kompatibel, gehört
consumable: brush, brushes, broom, brooms, hose, hoses, filter, filters, belt, belts, squeegee, squeegees, nozzle, nozzles, caster, casters, wheel, wheels, battery, batteries, charger, chargers, pump, pumps, bürste, bürsten, besen, schlauch, schläuche, filter, riemen, batterie, akku, ladegerät
sign: sign, signs, signage, lettering, billboard, banner, banners, neon, illuminated, plaque, lightbox, schild, schilder, beschilderung, leuchtreklame, letrero, insegna, panneau
material: aluminium, aluminum, acrylic, vinyl, dibond, plywood, plexiglass, polycarbonate, led, leds, folie, acryl
dimensions: mm, cm, metre, metres, meter, meters, inch, inches, tall, wide, width, height, millimetres, hoch, breit
howmany: how many, how much, quantity, quantities, qty, count, wieviel, wieviele, wie viele, combien, cuantos, cuántos, quanti, quante, hoeveel, anzahl, menge
onhand: stock, stocks, in stock, left, on hand, available, availability, inventory, shelf, shelves, warehouse, stockroom, sold out, out of, lager, bestand, bestände, vorrätig, vorrat, auf lager, regal, existencias, almacén, magazzino, giacenza, voorraad
low: low, lowest, running low, running out, shortage, short of, nearly gone, almost gone, minimum, below minimum, reorder level, knapp, mindestbestand, zur neige, geht aus
reorder: reorder, re-order, restock, replenish, refill, top up, stock up, replenishment, nachbestellen, nachbestellung, auffüllen
count stock: stocktake, stocktaking, recount, counted, miscounted, inventur, gezählt, zählen
receipt: receive, received, receipt, arrived, came in, goods in, delivered, unloaded, wareneingang, eingetroffen, angekommen, geliefert, erhalten
writeoff: write off, written off, scrap, scrapped, broken, damaged, shrinkage, lost, defective, abschreiben, ausbuchen, kaputt, beschädigt, defekt, verschrottet
price: price, prices, priced, pricing, cost, costs, charge for, list price, worth, expensive, cheap, preis, preise, kostet, kosten, teuer, precio, prezzo, prix, prijs, cuánto cuesta
raise: raise, increase, higher, bump, put up, raised, erhöhen, anheben, hochsetzen, aumentar, aumentare
lower: lower, reduce, decrease, cut, drop, halve, senken, reduzieren, herabsetzen, bajar
discount: discount, discounts, rebate, percent off, off the price, rabatt, nachlass, descuento, sconto, korting, remise
quote: quote, quotes, quotation, quotations, offer, offers, estimate, estimates, tender, proposal price, angebot, angebote, kostenvoranschlag, presupuesto, preventivo, devis, offerte, offerta, oferta
accepted: accepted, accepts, took our, agreed to, said yes, won, angenommen, nimmt an, zugesagt
rejected: rejected, turned down, declined, said no, lost, went elsewhere, refused, abgelehnt, abgesagt
expire: expire, expires, expired, expiring, valid, valid until, validity, runs out, gültig, abgelaufen, läuft ab
order: order, orders, sales order, sold, sale, sales, auftrag, aufträge, bestellung, bestellungen, pedido, pedidos, ordine, ordini, commande, commandes, bestelling
confirm: confirm, confirmed, confirms, confirmation, go ahead, bestätigen, bestätigt, bestätige, confirmar, confermare, confirmer
ship: ship, ships, shipped, shipping, shipment, shipments, dispatch, dispatched, deliver, delivery, deliveries, delivery note, despatch, send out, hand over, versenden, versandt, verschicken, lieferschein, lieferung, ausliefern, verladen, envío, entrega, spedire, consegna, livraison, livrer, levering
cancel: cancel, cancelled, canceled, call off, void, scrap the, stornieren, storno, storniere, abbestellen, cancelar, annullare, annuler, annuleren
purchase: purchase, purchases, purchasing, purchase order, buy, buying, bought, procure, procurement, po, pos, einkauf, einkaufen, kaufen, beschaffen, bestellen, comprar, compra, acquisto, acquistare, achat, acheter, inkoop
request: request, requests, requisition, requisitions, rfq, ask for a, bedarf, anforderung, anfrage, anfragen
incoming: on its way, on the way, in transit, incoming, inbound, expected, due in, underway, on order, unterwegs, erwartet
invoice: invoice, invoices, invoiced, bill them, bill for, billed, billing, rechnung, rechnungen, fakturieren, fakturiere, berechnen, faktura, factura, facturas, fattura, fatture, facture, factures, factuur
credit: credit note, credit notes, refund, refunds, refunded, reimburse, money back, gutschrift, gutschriften, erstatten, erstattung, rückerstattung, avoir, nota de, nota di
draft: draft, drafts, unposted, entwurf, entwürfe, borrador, bozza, brouillon
post: post, posted, posting, unposted, book it, buchen, verbuchen, gebucht, buche, contabilizar
overdue: overdue, late, past due, unpaid, unsettled, outstanding, owe, owes, owed, owing, open amount, not paid, behind with, überfällig, offen, offene, offenen, schuldet, schulden, unbezahlt, ausstehend, vencidas, pendientes, scadute, impayées, retard, achterstallig
payment: payment, payments, paid, pay, pays, paying, transfer, transferred, wired, remittance, deposit, cheque, check for, money came, money in, money from, zahlung, zahlungen, bezahlt, bezahlen, zahlen, zahlt, überwiesen, überweisung, geldeingang, pago, pagos, pagar, pagado, pagamento, pagato, pagare, paiement, payé, payer, betaling, betaald
bill: bill, bills, vendor bill, supplier invoice, supplier bill, eingangsrechnung, eingangsrechnungen, lieferantenrechnung, kreditoren
bank: bank, bank account, statement, account statement, bank credit, incoming money, kontoauszug, konto, bankkonto, banco, banca
partial: part payment, partial, partially, instalment, installment, half of, rest of, remaining, teilzahlung, anzahlung, rate
ledger: ledger, books, bookkeeping, accounting, general ledger, chart of, buchhaltung, hauptbuch, buchführung, fibu, kontenplan, sachkonto, contabilidad, contabilità, comptabilité, boekhouding
entry: journal entry, journal entries, entry, entries, accrual, depreciation, reversal, reverse, rebook, umbuchen, umbuchung, buchungssatz, abschreibung, rückstellung, stornobuchung
balance: balance, balances, trial balance, balance sheet, saldo, salden, bilanz, saldenliste, summen
result: profit, loss, p&l, margin, margins, earnings, income statement, revenue, turnover, expenses, made money, gewinn, verlust, umsatz, erlöse, ergebnis, guv, beneficio, ingresos, utile, ricavi, bénéfice
tax: tax, vat, sales tax, mwst, umsatzsteuer, steuer, iva, tva, btw
close: close the, closing, closed, period, periods, month end, month-end, books closed, abschluss, abschließen, monatsabschluss, periode, cierre, chiusura, clôture
month: month, january, february, march, april, june, july, august, september, october, november, december, monat, januar, februar, märz, mai, juni, juli, oktober, dezember, quarter, quartal, mes, mese, mois
week: week, weeks, weekly, woche, wochen, wochenrückblick, semana, settimana, semaine
review: review, look back, recap of the week, retrospective, retro, rückblick, rückschau
morning: morning, today, day, overnight, heute, morgens, tag, guten morgen, hoy, oggi, aujourd'hui, vandaag
agenda: on my plate, what's up today, what needs me, waiting for me, waiting on me, priorities, urgent, steht an, liegt an, wichtig, anstehend
contact: email address, mail address, phone, phone number, telephone, contact, contacts, contact person, address, reach, e-mail adresse, telefonnummer, ansprechpartner, anschrift, adresse, correo, indirizzo, téléphone
location: where is, based, located, city, town, state, zip, street, sitz, stadt, ort, ansässig
terms: terms, payment terms, net, days net, credit limit, limit, zahlungsziel, zahlungsbedingungen, kreditlimit, kreditrahmen, konditionen
record: record, records, master data, entry for, file for, stammdaten, datensatz, stammsatz
create: create, add, new, register, set up, enter, make a new, put in, anlegen, lege, erfassen, neu, neuer, neue, neuen, hinzufügen, crear, nuevo, nueva, crea, nuovo, créer, nouveau, nouvelle
change: change, update, amend, modify, correct the, adjust, edit the, set the, ändern, ändere, aktualisieren, anpassen, korrigiere, cambiar, cambia, modificare, modifier, wijzig
note: note, notes, remark, memo, comment, notiz, notizen, vermerk, anmerkung
show: show, list, find, look up, search for, pull up, display, get me, give me, zeig, zeige, liste, finde, suche, such, anzeigen, muéstrame, mostrar, mostra, montre, toon
onboard: onboard, onboarding, take on, taking on, new client, welcome aboard, sign up, signed up, signed with, kundenaufnahme, neukunde, aufnehmen
kickoff: start, launch, kick off, begin, run, trigger, fire off, starte, starten, anstoßen, loslegen, inicia, avvia, lancer
pipeline: pipeline, pipelines, run, runs, step, steps, job, ablauf, schritt, schritte
failure: failed, fails, failing, failure, failures, error, errors, stuck, hangs, hanging, crashed, timed out, timeout, deadline, red, didn't work, went wrong, fehlgeschlagen, fehler, hängt, gescheitert, abgebrochen, échoué, falló, fallito, mislukt
retry: retry, skip, try again, again, rerun, restart it, nochmal, wiederholen, überspringen
cause: why did, why is, reason, cause, root cause, warum, wieso, weshalb, grund, ursache, pourquoi, por qué, perché, waarom
incident: outage, down, offline, incident, unreachable, emergency, sev1, sev2, broke, hacked, breach, leak, spill, flood, fire, stolen, accident, störung, ausfall, panne, notfall, vorfall, caído, giù, incendie
affected: affected, everyone affected, status page, status update, betroffen, betroffene
release: release, releases, ship version, rollout, roll out, go live, cut a, tag a, version, veröffentlichen, ausrollen, rilascio, lanzamiento
changes: change log, changelog, release notes, commits, commit, merged, tickets, bug fix, fixes, features, what's new, änderungsprotokoll, versionshinweise, neuerungen
website: web site, website, homepage, home page, landing page, page, header, footer, menu, navigation, contact form, banner, slider, webseite, startseite, kopfzeile, formular, sitio web, sito, site
sitework: go-live, launch check, checklist, check list, redirect, redirects, favicon, imprint, cookie, ssl, seo, dns, checkliste, impressum
plan: plan, plans, planning, roadmap, tasks, task list, to-do, todo, todos, milestones, break down, break it, split into, chunks, schedule, steps for, in which order, sequence, planen, plane, aufgaben, fahrplan, zeitplan, planifier, planear, pianifica
decide: decide, decided, decision, decisions, agree, agreed, settled on, sign off, signed off, verdict, ruled, went with, entschieden, entscheidung, beschlossen, beschluss, vereinbart, geeinigt, décidé, decidimos, deciso, besloten
research: research, dig up, dig out, find everything, everything we know, all we have, what do we know, evidence, sources, references, history of, compile, piece together, gather, recherchiere, recherche, quellen, zusammentragen, investiga, ricerca
explain: explain, meaning, means, mean, definition, define, difference between, what is a, what's a, plain words, eli5, stand for, stands for, erkläre, erklär, erklären, bedeutet, bedeutung, unterschied, heißt, explique, explica, significa, spiega, c'est quoi, betekent
howto: how do i, how can i, where do i, which command, which verb, command, commands, setting, settings, wie kann ich, wie geht, befehl, einstellung
nova: nova, bot, agent, agents, approval, approvals, approve, approver, card, cards, button, memory, projects, guest, owner, member, dashboard, freigabe, freigaben, karte, knopf
smalltalk: hi, hello, hey, thanks, thank you, thx, cheers, good night, good evening, how are, bye, lol, haha, hallo, danke, tschüss, moin, servus, hola, gracias, ciao, grazie, merci, bonjour
summarise: summarise, summarize, summary, sum up, tl;dr, tldr, gist, recap, key points, main points, takeaways, bullet points, condense, boil down, compress, digest, nutshell, in short, short version, bottom line, highlights, essence, zusammenfassen, zusammenfassung, kurzfassung, kernaussagen, stichpunkte, fasse, resume, resumen, resumir, riassunto, riassumi, résumé, résumer, samenvatting, samenvatten
missed: missed, miss, catch me, catch up, what happened, while i was, verpasst, bisher
shorten: shorten, shorter, trim, tighten, cut down, less words, kürzen, kürzer, accorcia, raccourcir
translate: translate, translation, translated, in english, in german, in french, in spanish, in italian, in dutch, in polish, into english, into german, into french, into spanish, into italian, into dutch, into polish, how do you say, übersetze, übersetzen, übersetzung, auf deutsch, auf englisch, ins deutsche, ins englische, auf französisch, auf spanisch, traduire, traduis, traduction, traduce, traducir, traducción, traduci, tradurre, traduzione, vertaal, vertalen, przetłumacz
language: english, german, french, spanish, italian, dutch, polish, turkish, portuguese, danish, swedish, czech, russian, ukrainian, chinese, japanese, deutsch, englisch, französisch, spanisch, italienisch, niederländisch, polnisch, türkisch, inglés, inglese, anglais, allemand
proofread: proofread, proofreading, spelling, grammar, typos, typo, punctuation, commas, correct this, check the, mistakes, rechtschreibung, grammatik, kommas, tippfehler, korrektur, korrekturlesen, korrigieren, ortografía, corriger, correggi
polish: polish, rephrase, reword, rewrite, improve, smoother, friendlier, formal, informal, politer, polite, tone, wording, sound, sounds, style, clumsy, nicer, less stiff, umformulieren, freundlicher, höflicher, ton, stil, förmlicher, besser klingen, reformule, reescribe, riscrivi
write: write, compose, draw up, word for, put together, text for, come up, schreib, schreibe, schreiben, verfasse, verfassen, formuliere, escribe, redacta, scrivi, écris, rédige, schrijf
mail: mail, email, e-mail, emails, mails, e-mails, reply, replies, reply to, answer him, answer her, answer them, answer to, respond, response, subject line, sign-off, write to, write back, tell him, tell her, tell them, antwort, antworten, antworte, betreff, correo electrónico, courriel, mailtje, rispondi, réponds, responde
letter: letter, letters, brief, anschreiben, carta, lettera, lettre
publicity: advert, adverts, ad, ads, flyer, leaflet, poster, notice, caption, slogan, tagline, blog, blog post, article about, newsletter, press release, social media, instagram, linkedin, facebook, announcement, invitation, speech, agenda, terms and, job ad, product text, description of, anzeige, aushang, plakat, flugblatt, pressemitteilung, ankündigung, einladung, rede, stellenanzeige, werbetext
listing: listing, listings, marketplace, specification, spec sheet, spec, inserat, angebotstext, marktplatz
several: everything at once, all of you, everybody, every agent, several agents, round up, across, from all, put together from, combine, both of, overall picture, whole picture, alle zusammen, gesamtbild, rundum
complaint: complaint, complains, complained, apology, apologise, apologize, sorry, delay, delayed, entschuldigung, entschuldigen, beschwerde, reklamation, verspätung, disculpa, scuse, excuses
reminder: reminder, remind, dunning, chase, chasing, nudge, mahnung, erinnerung, mahnen, anmahnen
`;
