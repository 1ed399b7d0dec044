// More requests that no agent of a small company's chat takes, many of them in words that agents use too: what tells a
// look-alike from the real thing is learned from these.

export const strangeRequests: readonly string[] = `
play my favourite playlist | skip this song | turn the music down | dim the lights
is the garage door closed | set the thermostat to 21 | remind me to call mum at six
set a reminder for tomorrow at noon | wake me up at 6:30 | how hot will it get today | do I need an umbrella
when does the sun set | what's the air quality | directions to the nearest petrol station
how long does it take to drive to Munich | find a parking garage | get me an uber
rent a car for the weekend | check in for my flight | is my flight on time | train connections to Paris
book a hotel by the sea | visa rules for Japan | what should I cook tonight | recipe for lasagne
how long do I boil potatoes | calories in a slice of pizza | vegan substitute for eggs | order sushi for two
reserve a table at the Italian place | which wine goes with fish | my cat is sick | symptoms of the flu
how much sleep do I need | a good exercise for the back | how many steps did I walk | book a doctor
what's the score of the game | when does the season start | who plays tonight | who directed that film
recommend a book | what's on netflix | tell me a riddle | flip a coin | roll two dice | sing something
rap for me | are you in love | what's the meaning of life | who will win the election
what do you think about politics | who is the richest man | how far is the moon
distance from Rome to Milan | what is 17 times 23 | integrate x squared | convert 5 pounds to kilos
what's 100 euros in yen | who invented the telephone | when did the war end | population of Canada
capital of Peru | how do vaccines work | write a sorting algorithm | how do I center a div
fix my python script | what does this stack trace in java mean | compile my code | deploy to kubernetes
ssh into the server | create a new database user | change my wifi password | my printer is jammed
my phone won't charge | reset my email password | block this number | call the office | text my brother
send a whatsapp to Anna | read my text messages | post this on my instagram for me
upload the video to youtube | like her photo | transfer 200 to my savings | what's my credit score
should I refinance my house | how do I invest in stocks | is bitcoin going up | buy ten shares of Apple
what's my pin | report my card as stolen | apply for a mortgage | how do I file my income tax
renew my passport | my landlord raises the rent, what can I do | write my will | sue my neighbour
divorce lawyer near me | find me a plumber | clean my flat | water the flowers on Monday | feed the dog
pick up the kids | find a school | help with my homework | what's a good name for a baby
gift idea for my wife | my horoscope for today | interpret my dream | how do I get rid of ants
how do I unclog a sink | paint the bedroom | assemble the ikea shelf | check the tyre pressure
when is my car due for service | change the oil | how do I jump-start a car | pay my parking ticket
how many vacation days do I have left | hand in my holiday request | approve Tom's vacation
who is on sick leave | pay out the salaries | run payroll | give Anna a raise | print the payslips
hire a designer | schedule a job interview for me | book the meeting room | put the call into my calendar
move my two o'clock to three | what's in my calendar today | decline the calendar invite
join the zoom call | record this meeting | take a screenshot | open the garage | unlock the office
what's playing on the camera | arm the alarm | scan this QR code | generate an image of a broom
make a logo for me | edit this photo | cut the video | convert this mp3 | draw a chart of the moon phases
search the web for broom makers | google our competitors | what do people say about us on twitter
check our ranking on google | what's the latest news about the strike | what's in the newspaper
track my parcel with DHL | where is my amazon order | return my shoes | cancel my netflix
upgrade my phone plan | how much data do I have left | delete the production server | merge the branch
open a pull request | revert the last commit | run the unit tests | review my code | rotate the API keys
restart the router | reboot the machine | back up my laptop | format the disk
clear the cache of my browser | install windows updates | uninstall the antivirus | monitor the server load
what's the cpu usage | add a DNS record at the registrar for me | buy the domain | register a trademark
file a patent | ask our lawyer to sue them | sign the contract for me | open a bank account
get a loan for the company | change our insurance | book an advert on the radio | order business cards
design the brochure layout | print 500 flyers | send the parcel to the customer by courier now
drive the goods to Lakeside | repair the sweeper | clean the warehouse | change the light bulb in the hall
calibrate the scale | weigh the pallet | take a photo of the shelf | call Kestrel on the phone
send this email now | text the customer on his mobile | fire the supplier's manager
what's the weather at the customer's site | who is the mayor of the town of our customer
what's the share price of our supplier | is our competitor's shop open today
what do brooms cost at the hardware store | cheapest broom on amazon
which trade fair is the biggest in the world | best street sweeper brand worldwide
wie wird das Wetter morgen | spiel Musik | bestell mir eine Pizza | erzähl mir einen Witz
wer hat gestern gewonnen | stell einen Wecker auf sieben | buche mir einen Flug | was soll ich heute kochen
mach das Licht aus | ruf meine Mutter an | bla bla | hjkl | xyzzy | aaaa | 1234 | ??? | foo bar baz
colourless green ideas sleep furiously | potato | the quick brown fox
print this invoice on the office printer | print the delivery notes | print labels for all orders
send the invoice to the customer now | email this to Lakeside right away
forward this mail to my accountant | send the newsletter out | post the tweet now | publish this on our blog
upload the catalogue to the web site | update the website for the client now, change the header
deploy the client's site | fix the css on the home page | install the SSL certificate
change the DNS entry for me | restart the web server | reboot the shop | give Tom admin access to the server
reset Maya's password | create a mailbox for the new colleague | order a laptop for the new colleague online
set up the printer | the office wifi is slow, fix it | connect my phone to the bluetooth
call the customer and ask | phone Kestrel and complain | dial the number of Summit | take a message for me
schedule a meeting with Lakeside for Tuesday | put the delivery on my calendar
book a room for the workshop | invite everyone to a video call | remind me on Friday to check the invoices
set a timer for the stocktake | wake me when the truck arrives | drive to the supplier
pick up the parts at Harbor | deliver the order with your van | track the parcel for order 1003 at UPS
where is the courier right now | print a shipping label with DHL | book a courier | calculate the postage
weigh the parcel | sweep the yard | repair the broken sweeper of the customer
replace the drive belt on the machine | change the battery in the van | charge the scrubber
send a technician to Oakfield | assign a technician for tomorrow | plan the technicians' shifts
who works on Saturday | make the duty roster | enter my working hours | log two hours for the client
start the time tracking | how much overtime do I have | approve my vacation | Maya is sick, enter that
write a pay slip | calculate the wages for May | what does Tom earn | raise the salary of Tom
hire a new clerk | reject the applicant in the portal | what's the market price for steel
what do competitors charge for brushes | look up a competitor on the web
search the internet for a cheaper supplier | find new customers online | scrape the addresses of hotels
buy addresses of potential customers | run a facebook ad | how many followers do we have
how many visitors does our site have | show google analytics | what's our SEO ranking
check the reviews on google | answer the google review for us publicly | like all comments
film a product video | take product photos | retouch this picture | draw a logo
design a flyer in photoshop | make a powerpoint about sales | create an excel with a pivot of these cells
open the file on my desktop | delete the files in the download folder | rename the folder on the share
scan the receipt | sign this pdf | fill in the tax form | submit the VAT return to the tax office
file our annual accounts with the register | get a credit from the bank
negotiate the rent with the landlord | sue Hartmann for the money
hand the debt over to a collection agency | check the credit rating of Fern at the agency
what's the exchange rate euro dollar today | convert 300 dollars to francs
what is the interest rate of the central bank | what's the legal notice period in France
is it legal to sell batteries without a sign | what does the law say about warranties in Spain
write the code for the import | fix the SQL query | write a macro for excel | run this script
create a github issue | close the ticket in jira | merge develop into main | what is the build status
start the CI job | increase the disk space | who was at the office yesterday
open the gate for the delivery | turn on the alarm system | is the warehouse door locked
switch the heating on in the hall | how warm is it in the storage | what's the fuel price today
where is the next charging station | book a rental van | renew the van's insurance online
pay the parking fee | order lunch for the team | reserve a table for the customer dinner
buy a gift for the customer at the shop | book a hotel for the fair | find a train to Cologne for the fair
what's the weather at the fair | order flowers for the bookkeeper | what's a good restaurant near Lakeside
who won the match yesterday | tell me a joke about brooms | sing a song about invoices
play music in the workshop | what's the lottery jackpot | I need a haircut | my back hurts from lifting
how do I treat a burn | are batteries bad for my health | how do I clean a carpet
how do I remove paint from concrete | how do I get promoted | should I quit my job
how do I become a plumber | where can I learn welding | which school is best for my son
how many calories does sweeping burn | what is the biggest warehouse in the world | who invented the broom
how many brooms exist worldwide | when was the first sweeper built | what's the population of Hamburg
drucke die Rechnung aus | verschicke die Mail jetzt | ruf den Kunden an | buch mir ein Hotel für die Messe
wer hat am Samstag Dienst | trag meinen Urlaub ein | wie ist der Wechselkurs
suche im Internet nach Lieferanten | mach einen Termin mit Lakeside | starte den Server neu
repariere die Kehrmaschine | lohnabrechnung für Mai | wo ist das Paket gerade | erinnere mich am Freitag
was kostet Diesel
`
  .split(/[|\n]/)
  .map((request) => request.trim())
  .filter((request) => request !== "");
