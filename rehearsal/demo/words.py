"""What the made-up people write, in Latvian as they would: topics, reasons, the texts of agreements."""

TOPICS = (
    "Iepazīšanās, kopīgu noteikumu pārrunāšana",
    "Mācību nedēļas plānošana un darbu saraksts",
    "Gatavošanās matemātikas pārbaudes darbam",
    "Pastaiga un saruna par draudzību klasē",
    "Vietējās bibliotēkas apmeklējums",
    "Karjeras testa aizpildīšana un pārrunas par profesijām",
    "Angļu valodas mājasdarbu pārskatīšana",
    "Sporta stunda parkā, saruna par komandas darbu",
    "Novadpētniecības muzeja apmeklējums",
    "Kavējumu pārskats un vienošanās par nedēļas mērķi",
    "Makšķerēšana un saruna par brīvo laiku",
    "CV un motivācijas vēstules uzmetums",
    "Kopīga pusdienu gatavošana, saruna par ikdienas paradumiem",
    "Uzstāšanās mēģinājums pirms projekta aizstāvēšanas",
    "Tehnikuma atvērto durvju dienas apmeklējums",
    "Emociju atpazīšana un strīdu risināšana",
    "Lasīšana kopā un saruna par izlasīto",
    "Velosipēda remonts un saruna par pacietību",
)
RISKS = {
    "failing": "Pusgada beigās nepietiekami vērtējumi divos mācību priekšmetos.",
    "early_leaving": "Trīs mēnešu laikā neattaisnoti kavēta piektā daļa stundu.",
    "learning_difficulties": "Mācību darbā vajadzīgs vairāk laika un skaidrojumu nekā klasesbiedriem.",
    "family_circumstances": "Pēc pārcelšanās mainījušies ģimenes apstākļi, mājās maz atbalsta mācībām.",
    "reemigrant": "Pēc vairākiem gadiem ārzemēs atsācis mācības Latvijā.",
    "special_needs": "Vajadzīgs individuāls atbalsts, lai iekļautos klases dzīvē.",
    "other": "Pēdējā pusgadā izvairās no klasesbiedriem un pasākumiem.",
}
AGREEMENT = (
    {
        "situation": "Jaunietim patīk praktiski darbi, skolā bieži pietrūkst pacietības un pārliecības par sevi.",
        "way_forward": "Tikties reizi nedēļā, vispirms sakārtot mācību nedēļas ritmu, tad meklēt nākotnes ieceri.",
        "mentor_undertakes": "Ierasties sarunātajā laikā, uzklausīt un palīdzēt sagatavoties svarīgākajiem darbiem.",
        "learner_undertakes": "Nākt uz tikšanās reizēm, laikus brīdināt, ja netiek, un godīgi pateikt, kā sokas.",
    },
    {
        "situation": "Jauniete pēc skolas maiņas maz pazīst klasesbiedrus un kavē pirmās stundas.",
        "way_forward": "Katru nedēļu viena tikšanās ārpus skolas un viena kopīga mācību stunda bibliotēkā.",
        "mentor_undertakes": "Iepazīstināt ar iespējām pilsētā un būt sasniedzams sarunātajos laikos.",
        "learner_undertakes": "Izmēģināt vismaz vienu pulciņu un kopā pārskatīt kavējumus katra mēneša beigās.",
    },
    {
        "situation": "Vērtējumi pēdējā gadā kritušies, mājās grūti atrast klusu vietu mācībām.",
        "way_forward": "Mācīties skolas telpās pēc stundām, reizi mēnesī doties kopīgā izbraucienā.",
        "mentor_undertakes": "Palīdzēt sadalīt lielus darbus mazos soļos un priecāties par katru izdarīto.",
        "learner_undertakes": "Ņemt līdzi burtnīcas un dienasgrāmatu, mēģināt vispirms pašam.",
    },
)
MONTH_RETURNED = (
    "Divām tikšanās reizēm datums nesakrīt ar skolas kavējumu žurnālu. Lūdzu, pārbaudīt un iesniegt vēlreiz."
)
PLAN_RETURNED = "Lūdzu, precizēt risku pamatojumu: nav skaidrs, kas ir darīts līdz šim."
SUSPENDED = "Jaunietis divas nedēļas ārstējas, atsāksim pēc atgriešanās skolā."
AMENDED = "Tuvojas eksāmeni, vajadzīgas biežākas tikšanās."
ENDED_EARLY = "Ģimene pārcēlās uz citu pilsētu."
CHANGED_ROW = "Tikšanās ilga par vienu stundu mazāk, nekā ierakstīju."
VOIDED_ROW = "Ierakstīta divreiz."
CORRECTED = "Vienā dienā jaunietis bija sacensībās; tikšanās nenotika."
REVIEW = "Sadarbība bija uzticama, jaunietis ieradās laikus un pats ierosināja tēmas."
CONCLUSIONS = "Kavējumu kļuvis mazāk, mācību nedēļa plānota patstāvīgi."
ANSWERS = (
    "Visvairāk palīdzēja tas, ka tikšanās notika ārpus skolas un vienā laikā.",
    "Turpmāk vērts agrāk iesaistīt klases audzinātāju.",
)
FEEDBACK = "Skolā redzams, ka jaunietis kļuvis drošāks un biežāk lūdz palīdzību."
NOTE = "Nākamreiz pajautāt, kā izdevās saruna ar treneri."
REPORT = (
    "Šodien {name} atnāca ar zilumu zem acs un negribēja iet mājās. "
    "Teica, ka nokritis, bet par vakardienu runāt atteicās."
)
REFERRED = "Piezvanīju bāriņtiesai, runāju ar dežurējošo speciālisti. Rīt no rīta tiekamies skolā."
SECOND_REPORT = "Manīju telefonā ziņas, kurās viņu mudina pievienoties grupai, kas aicina uz vardarbību."
