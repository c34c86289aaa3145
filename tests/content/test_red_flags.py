"""What a typed text must set off, and what it must not."""

from __future__ import annotations

import pytest

from companion.content import reactions
from companion.wording import resources

ROOT = resources.root()
MOST_FALSE_ALARMS = 2

URGENT_EN = """\
my dad cant move his left arm and his face looks weird
my son is covered in welts after the cream
moms ankle is hot red and swollen since the flight
theres an elephant on my chest
i keep sweating through the sheets at night and lost 8 pounds
my gums bleed whenever i brush lately
a pimple on my ear that never goes away and bleeds
nobody would miss me if i was gone
he cant catch his breth
sudden blurry vision and cant find words
my daughter has a temp of 39.5 and is coughing
i woke up and half my body was numb
my uncle suddenly started babbling nonsense and dropped his fork
my calf is rock hard and sore after a long car ride
my tongue is getting bigger and i feel dizzy
tightness across my ribs with a clammy forehead
i cough up red stuff
i dont see the point of being alive looking like this
sores around one side of my ribs that burn like fire
little bump on my temple, shiny, growing slowly
my poo has been black for two days
cant swallow and my face is swelling up
my lips are tingling and swollen after using it
i have a pain in my chest when i climb stairs
my husband cant talk properly since this morning
my leg is sore, red and puffy
feeling feverish with a bad cough
i have this mole that is getting darker
my nose keeps bleeding
what if i just killed myself over this skin
patch is oozing yellow stuff and hurts
woke up with a drooping eyelid and slurred words
my mother cant feel her right arm
short of breth and my leg aches
my lip is the size of a golf ball
running a fever since last night
keep getting nosebleeds and bruises
theres a growth on my ear that bleeds
i dont see any reason to go on living
pressure in my chest and nauseous
my dad's mouth hangs down on one side
her face is hanging on the left
he suddenly can't hold his cup, hand has no strength
i suddenly can't read or see out of one eye
my speech is all over the place since an hour
pins and needles down one whole side
grandma fell and can't get up, speaks weird
everything went black in one eye
the worst headache ever came out of nowhere
my legs wont hold me suddenly and i'm dizzy
my chest feels like its in a vice
tight band round my chest
pain shooting into my left arm and jaw
heart going crazy and sweating buckets
i feel like im going to faint, chest is tight
crushing feeling behind my breastbone
dad is grey and sweaty and holding his chest
cant catch my breath lying down
breathless going up one flight of stairs
my calf is swollen and feels like a rope
one foot is puffy and blue since yesterday
sharp stabbing pain when i take a deep breath
leg cramp that wont go away and its warm
my son's face has blown up like a balloon
throat feels like its closing
hives all down my arms after the cream
my eyes are swollen shut
tongue feels too big for my mouth
she cant swallow and is wheezing
came out in huge itchy welts
i have a high temp and feel awful
ive got the shivers and aches all over
temperature of 38.7 since yesterday
been coughing for two weeks
coughing up blood
it burns when i pee
blisters on one side of my back, very painful
the skin under the cream is hot, red and leaking pus
i lost 6 kg without trying
stomach pain and the runs for three days
im so worn out i cant get out of bed
weeing all the time and it hurts
nose bleed that wont stop
i get bruises from nothing
bleeding gums
tiny purple dots on my legs
my poop is black and sticky
im pale and out of breath
my mole changed shape
a sore that wont heal on my cheek
new shiny bump on my nose
a scab that keeps coming back
dark spot on my toe thats growing
i want to end it all
id rather be dead than look like this
my daughter says she doesnt want to live
i've been cutting my arms
thinking about suicide
i dont want to wake up tomorrow
everyone would be better off without me
life isnt worth it with this skin
i want to disappear
my teen is harming herself
chest pian
cant breeth
swolen lips
stroke symtoms right now
i think im having a hart attack
""".splitlines()
"""Each calls for help: lay words, third persons, slips of the finger."""
URGENT_IT = """\
mio padre non muove più il braccio sinistro
a mia figlia sono venuti i pomfi dappertutto
ho la caviglia calda e gonfia dopo il volo
mi sento una morsa al petto
di notte bagno le lenzuola dal sudore e ho perso 5 chili
quando lavo i denti mi sanguinano le gengive
un brufolo sull'orecchio che non va più via e fa sangue
nessuno sentirebbe la mia mancanza
gli manca l'aria
all'improvviso vedo annebbiato e non trovo le parole
il bimbo ha 39,5 e tossisce
mi sono svegliata con mezza faccia addormentata
mio zio di colpo dice cose senza senso e gli è caduta la forchetta
ho il polpaccio duro come un sasso e dolorante
mi si ingrossa la lingua e mi gira la testa
sento stringere il torace e ho la fronte sudata fredda
quando tossisco esce roba rossa
che senso ha vivere con questa faccia
ho delle piaghe su un lato del torace che bruciano da morire
pallina lucida sulla tempia che cresce piano
faccio la cacca nera da due giorni
non riesco a mandare giù la saliva e mi si gonfia il viso
le labbra formicolano e sono gonfie
dolore al petto quando salgo le scale
mio marito da stamattina non parla bene
gamba rossa gonfia e dolorante
febbricitante e con tosse forte
un neo che diventa più scuro
mi sanguina spesso il naso
tanto vale ammazzarsi con questa pelle
dalla macchia esce roba gialla e fa male
mi sono svegliato con la palpebra cadente e parlo impastato
mia madre non sente il braccio destro
mi manca il respiro e mi fa male la gamba
ho il labbro grosso come una noce
febbre da ieri notte
perdo spesso sangue dal naso e ho lividi
ho una crescita sull'orecchio che sanguina
non vedo motivo di continuare a vivere
pressione al petto e nausea
nonno ha la bocca che pende
la faccia le casca da un lato
non riesce a tenere la tazza, la mano non ha forza
all'improvviso non leggo e non vedo da un occhio
parla tutto impastato da un'ora
formicolio su tutto un lato
la nonna è caduta e dice cose strane
mi si è spento un occhio
mal di testa tremendo venuto dal nulla
le gambe non mi reggono e mi gira tutto
sento una morsa al torace
una fascia stretta al petto
dolore che va al braccio sinistro e alla mandibola
il cuore va a mille e sudo
mi sento svenire e ho il petto stretto
papà è grigio e sudato e si tiene il petto
non respiro bene da sdraiato
fiatone per una rampa di scale
polpaccio gonfio e duro
un piede gonfio e blu da ieri
fitta quando respiro a fondo
crampo alla gamba che non passa ed è calda
la faccia di mio figlio è come un pallone
mi si chiude la gola
orticaria su tutte le braccia dopo la crema
ho gli occhi gonfi che non si aprono
la lingua non mi sta in bocca
non riesce a inghiottire e fischia
mi sono usciti dei pomfi enormi che prudono
febbre alta e sto malissimo
ho i brividi e dolori dappertutto
temperatura a 38.7 da ieri
tosse da due settimane
sangue con la tosse
brucia quando faccio pipì
vescicole su un lato della schiena, dolorosissime
la pelle sotto la crema è calda, rossa e butta pus
ho perso 6 kg senza motivo
mal di pancia e diarrea da tre giorni
sono così stanca che non mi alzo dal letto
faccio pipì di continuo e fa male
epistassi che non si ferma
mi vengono lividi per niente
gengive che sanguinano
puntini viola sulle gambe
cacca nera e appiccicosa
sono pallida e col fiato corto
il mio neo ha cambiato forma
una piaga sulla guancia che non guarisce
un bozzetto lucido sul naso
una crosta che torna sempre
macchia scura sull'alluce che cresce
voglio farla finita
preferirei essere morto che con questa faccia
mia figlia dice che non vuole più vivere
mi sto tagliando le braccia
penso al suicidio
non voglio svegliarmi domani
starebbero tutti meglio senza di me
la vita non vale niente con questa pelle
voglio sparire
mia figlia si fa del male
male al peto
nn riesco a resp
labra gonfie
credo di avere un infarto
mi e venuta la febre
""".splitlines()
"""The same in Italian."""
HARMLESS_EN = """\
brown dots near the thumb
itching on my chin
new patch on my knee
spot on my chin bigger
feeling tired after school
patch on my left arm a bit smaller
applied late because of homework
put it on twice today
slight burn after the cream, gone in ten minutes
some redness on the eyelid
two pimples on the forehead
face looks a bit darker in the photos
white patch on my leg got bigger
small white dots on both hands
edge of the patch looks blurry
missed the morning one
skin feels dry around the nose
tingling on my cheek after applying
patch on my chest is filling in
the color on my neck is even now
can't see any change yet
i cut myself shaving, small white line on my chin
tired of explaining my skin
felt sad today because of a comment
patch near my eye is getting bigger
my lips are paler than before
white hair in my beard
sweating at the gym, washed my face after
took photos at the window
cream ran out
sunburn on my shoulder is peeling
started the new tube
the patch on my side is spreading
freckles coming back on my hand
dark dots around hairs, colour coming back
scratch on the elbow turned white
pink rim around the patch
dry skin on my feet
wore shorts for the first time
forgot sunscreen at the beach
new white spot on my ankle
knee patch is bigger than the ankle patch
two acne spots where i put cream on my face
patch on my back looks the same
itchy patch on my leg
hands not responding
stressed about exams
skin a little warm after the sun
no new patches this month
patch on my foot is bigger
mild sting on the lips after cream
color is back on half my face
marks on my hands are everywhere now
white marks all over my hands
small cut on my finger
my daughter put the cream on by herself
mood ok, slept well
i can't talk about my skin at school
dot by dot the colour returns on the arm
my son's knee has a new white spot
the mirror made me sad
tube feels nearly empty
legs look better in summer
patch on right arm and right leg unchanged
very pale patch on my neck
my hand has a new dot near the left wrist
i don't want to go to the beach this summer
face looks more even this week
left eye: the patch next to it is lighter
cream on both arms and the left side of my neck
heart shaped patch on my knee
i want to show my doctor the photos
one side of my nose is filling in faster
hand cream before bed, face cream after
the dark spot on my cheek is new colour i think
i think the patch on my eyelid is fading
the edge on my chest is darker
my leg patches look smaller
didn't want to wear a t-shirt
i hope it gets better soon
end of the month, tube almost finished
woke up late, cream at ten
my head itches a little
small scab from a mosquito bite
tight jeans rubbed my thigh, watching it
arms look good, legs not yet
the spot on my lip is bigger
i can't hold the mirror and the camera at the same time
long day, tired, still did the evening one
better photos without flash
my mouth corners are white
school trip, no cream for a day
everything same as last week
the mole check is booked for june
a few spots on my back, maybe acne
pins in my hair hide the patch
i feel better about my skin without make-up
on my left foot the white got wider
hot day, cream felt runny
stomach patch is unchanged
my kid is better at applying it without me
the skin on my chin feels rough and tight after washing
burned my finger on the stove
hair on my arm is growing back brown
mild headache after a long day
""".splitlines()
"""Ordinary notes about vitiligo, the cream and the day."""
HARMLESS_IT = """\
prude un po' il mento
puntini marroni vicino al pollice
macchia nuova sul ginocchio
macchia sul mento più grande
un po' stanca dopo la scuola
macchia sul braccio sinistro più piccola
messa tardi per i compiti
messa due volte oggi
leggero bruciore dopo la crema, passato in dieci minuti
un po' di rossore sulla palpebra
due brufoli sulla fronte
il viso sembra più scuro nelle foto
la macchia sulla gamba si è allargata
puntini bianchi su tutte e due le mani
il bordo della macchia è sfumato
saltata la mattina
pelle secca intorno al naso
pizzica la guancia dopo averla messa
la macchia sul petto si sta riempiendo
il colore sul collo ora è uniforme
non vedo ancora cambiamenti
non vedo più le macchie sul mento
mi taglio i capelli domani
stanca di spiegare la mia pelle
oggi triste per un commento
la macchia vicino all'occhio si allarga
labbra più chiare di prima
peli bianchi nella barba
ho sudato in palestra, poi lavato il viso
foto fatte alla finestra
crema finita
scottatura sulla spalla che si spella
iniziato il tubetto nuovo
la macchia sul fianco si estende
lentiggini che tornano sulla mano
puntini scuri intorno ai peli, torna il colore
il graffio sul gomito è diventato bianco
bordo rosa intorno alla macchia
pelle secca ai piedi
messo i pantaloncini per la prima volta
dimenticata la crema solare al mare
nuova macchia bianca sulla caviglia
la macchia del ginocchio è più grossa di quella della caviglia
due brufoletti dove metto la crema sul viso
la macchia sulla schiena è uguale
macchia che prude sulla gamba
le mani non rispondono
stress per gli esami
pelle un po' calda dopo il sole
nessuna macchia nuova questo mese
macchie dappertutto sulle mani
segni bianchi ovunque sulle mani
lieve pizzicore sulle labbra dopo la crema
il colore è tornato su metà viso
taglietto al dito
mia figlia si è messa la crema da sola
umore buono, dormito bene
nei giorni di sole la macchia cambia
puntino dopo puntino il colore torna sul braccio
il ginocchio di mio figlio ha una macchia nuova
lo specchio mi ha messo tristezza
il tubetto è quasi vuoto, non si chiude bene
d'estate le gambe stanno meglio
macchia sul braccio destro e sulla gamba destra uguale
macchie solo da un lato del corpo
il viso tira un po' dopo la crema
chiazze pallide sul collo
visita a febbraio
nuovo puntino sulla mano vicino al polso sinistro
non ho voglia di andare al mare quest'estate
il viso sembra più uniforme questa settimana
occhio sinistro: la macchia accanto è più chiara
crema su tutte e due le braccia e sul lato sinistro del collo
macchia a forma di cuore sul ginocchio
voglio far vedere le foto al medico
un lato del naso si riempie più in fretta
la macchia scura sulla guancia è il colore nuovo
la macchia sulla palpebra sta sparendo
il bordo sul petto è più scuro
le macchie sulle gambe sembrano più piccole
non volevo mettere la maglietta
spero che migliori presto
fine mese, tubetto quasi finito
svegliata tardi, crema alle dieci
mi prude un po' la testa
crosticina di una puntura di zanzara
i jeans stretti sfregano sulla coscia, la tengo d'occhio
braccia bene, gambe non ancora
la macchia sul labbro è più grande
giornata lunga, stanco, ma la sera l'ho messa
foto meglio senza flash
gli angoli della bocca sono bianchi
gita scolastica, niente crema per un giorno
tutto come la settimana scorsa
controllo dei nei prenotato a giugno
qualche puntino sulla schiena, forse acne
sul piede sinistro il bianco si è allargato
giornata calda, crema liquida
macchia sulla pancia invariata
mio figlio la mette meglio senza di me
la pelle del mento tira dopo averla lavata
mi sono scottata un dito con il forno
i peli sul braccio ricrescono scuri
leggero mal di testa dopo una giornata lunga
la mano destra è sempre uguale, la sinistra meglio
vita normale, niente da segnalare
mi dà meno fastidio di prima
braccio destro e gamba sinistra fotografati
""".splitlines()
"""The same in Italian."""


@pytest.mark.parametrize("text", [*URGENT_EN, *URGENT_IT])
def test_an_urgent_text_is_never_missed(text: str) -> None:
    assert reactions.help_needed(ROOT, text)


@pytest.mark.parametrize("notes", [HARMLESS_EN, HARMLESS_IT], ids=["en", "it"])
def test_ordinary_notes_set_off_hardly_anything(notes: list[str]) -> None:
    assert len(notes) >= 60
    alarms = [note for note in notes if reactions.help_needed(ROOT, note)]
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_sign_of_the_list_calls_for_help_in_its_own_words(language: str) -> None:
    silent = [
        sign
        for category in reactions.help_categories(ROOT, language)
        for sign in category.signs
        if not reactions.help_needed(ROOT, sign)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("one leg is swollen and hurts", "clot"),
        ("my dad's mouth hangs down on one side", "stroke"),
        ("my daughter has hives and her lips are swollen", "allergy"),
        ("ha la bocca storta e parla strano", "stroke"),
        ("mi sento una morsa al petto", "heart"),
        ("vorrei sparire per sempre", "distress"),
        ("i dont want to be here anymore", "distress"),
        ("la ferita sul naso non guarisce", "skin"),
    ],
)
def test_the_right_section_is_named_first(text: str, category: str) -> None:
    assert reactions.help_needed(ROOT, text)[0] == category


def test_the_most_urgent_comes_first() -> None:
    order = [category.id for category in reactions.help_categories(ROOT, "en")]
    found = reactions.help_needed(ROOT, "fever, bruises and pain in my chest")
    assert set(found) >= {"heart", "infection", "blood"}
    assert list(found) == sorted(found, key=order.index)


def test_both_languages_are_searched_and_negation_is_ignored() -> None:
    assert reactions.help_needed(ROOT, "no chest pain")
    assert reactions.help_needed(ROOT, "dolore al petto, chest fine")


def test_accents_case_and_marks_do_not_matter() -> None:
    assert reactions.help_needed(ROOT, "FEBBRE!!! perché?") == reactions.help_needed(ROOT, "febbre perche")


def test_words_far_apart_do_not_make_a_sign() -> None:
    far = "throat " + "and so on " * 6 + "closing"
    near = "throat and so on closing"
    assert "allergy" in reactions.help_needed(ROOT, near)
    assert "allergy" not in reactions.help_needed(ROOT, far)


@pytest.mark.parametrize("text", ["", "   ", "!!!", "…", "日本語", "a" * 5000])
def test_any_text_is_taken(text: str) -> None:
    assert reactions.help_needed(ROOT, text) == ()


@pytest.mark.parametrize(
    ("text", "phrases", "left"),
    [
        ("i cut myself shaving today", ["cut myself shaving"], "i | today"),
        ("blood clots and clotting", ["clot*", "blood clots"], "blood | and |"),
        ("nothing here", ["shaving"], "nothing here"),
        ("so so so", ["so"], "| | |"),
    ],
)
def test_a_phrase_taken_out_leaves_a_gap(text: str, phrases: list[str], left: str) -> None:
    assert reactions.without(text, phrases) == left
