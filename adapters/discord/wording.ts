// Names and descriptions of commands in the languages that Discord shows them in. English is the verb's own; a verb or
// option without an entry is shown in English. Names follow Discord's rule: lower case, no spaces, one meaning each.
export type Words = { readonly name: string; readonly about: string };
export type Locale = "de" | "fr";
const locales: readonly Locale[] = ["de", "fr"];

type Wording = {
  readonly command: string;
  readonly verbs: Readonly<Record<string, Words>>;
  readonly options: Readonly<Record<string, Words>>;
  readonly shortcuts: Readonly<Record<string, string>>;
};

const de: Wording = {
  command: "Nova fragen, Abläufe starten, sehen, was wartet",
  verbs: {
    ask: { name: "fragen", about: "Fragen, auf Wunsch einen Agenten mit Namen" },
    run: { name: "starten", about: "Einen Ablauf starten" },
    summarise: { name: "zusammenfassen", about: "Zusammenfassen, was in diesem Thread gesagt wurde" },
    retry: { name: "nochmal", about: "Die letzte gescheiterte Nachricht dieses Threads noch einmal" },
    help: { name: "hilfe", about: "Was man hier sagen kann" },
    agents: { name: "agenten", about: "Wer hier woran arbeitet" },
    why: { name: "warum", about: "Weg, Kontext und Kosten der letzten Antwort hier" },
    status: { name: "status", about: "Verbindungen, Modell, Journal, Ausgaben" },
    context: { name: "kontext", about: "Was ich über dieses Projekt weiß; ergänzt es auch" },
    remember: { name: "merken", about: "Etwas für dieses Projekt merken" },
    forget: { name: "vergessen", about: "Etwas Gemerktes löschen" },
    decide: { name: "entscheiden", about: "Eine Entscheidung für dieses Projekt festhalten" },
    brief: { name: "lage", about: "Was jetzt auf dich wartet" },
    board: { name: "tafel", about: "Alles, was gerade läuft" },
    approvals: { name: "freigaben", about: "Was auf eine Entscheidung wartet" },
    runs: { name: "läufe", about: "Abläufe, die laufen oder liefen" },
    stop: { name: "stoppen", about: "Anhalten, woran ich gerade arbeite, oder einen Lauf" },
    failures: { name: "fehler", about: "Was zuletzt schiefging" },
  },
  options: {
    agent: { name: "agent", about: "Wer antworten soll; ohne Angabe wähle ich" },
    text: { name: "text", about: "Worum es geht" },
    pipeline: { name: "ablauf", about: "Welcher Ablauf" },
    inputs: { name: "eingaben", about: "name=wert …; ohne Angabe zeige ich ein Formular" },
    fact: { name: "fakt", about: "Welcher Fakt" },
    run: { name: "lauf", about: "Welcher Lauf; ohne Angabe halte ich an, woran ich hier arbeite" },
  },
  shortcuts: {
    ask_nova: "Nova fragen",
    remember_this: "Das merken",
    summarise_thread: "Thread zusammenfassen",
  },
};

const fr: Wording = {
  command: "Demander à Nova, lancer un processus, voir ce qui attend",
  verbs: {
    ask: { name: "demander", about: "Demander, à un agent précis si l'on veut" },
    run: { name: "lancer", about: "Lancer un processus" },
    summarise: { name: "résumer", about: "Résumer ce qui s'est dit dans ce fil" },
    retry: { name: "réessayer", about: "Reprendre le dernier message échoué de ce fil" },
    help: { name: "aide", about: "Ce que l'on peut dire ici" },
    agents: { name: "agents", about: "Qui travaille ici, et à quoi" },
    why: { name: "pourquoi", about: "Chemin, contexte et coût de la dernière réponse ici" },
    status: { name: "état", about: "Connexions, modèle, journal, dépenses" },
    context: { name: "contexte", about: "Ce que je sais de ce projet ; permet aussi d'y ajouter" },
    remember: { name: "retenir", about: "Retenir un fait pour ce projet" },
    forget: { name: "oublier", about: "Effacer un fait retenu" },
    decide: { name: "décider", about: "Noter une décision pour ce projet" },
    brief: { name: "point", about: "Ce qui t'attend maintenant" },
    board: { name: "tableau", about: "Tout ce qui est en cours" },
    approvals: { name: "accords", about: "Ce qui attend une décision" },
    runs: { name: "exécutions", about: "Les processus en cours ou terminés" },
    stop: { name: "arrêter", about: "Arrêter ce que je fais, ou une exécution" },
    failures: { name: "échecs", about: "Ce qui a échoué récemment" },
  },
  options: {
    agent: { name: "agent", about: "Qui doit répondre ; sinon je choisis" },
    text: { name: "texte", about: "De quoi il s'agit" },
    pipeline: { name: "processus", about: "Quel processus" },
    inputs: { name: "données", about: "nom=valeur … ; sinon je montre un formulaire" },
    fact: { name: "fait", about: "Quel fait" },
    run: { name: "exécution", about: "Quelle exécution ; sinon j'arrête ce que je fais ici" },
  },
  shortcuts: {
    ask_nova: "Demander à Nova",
    remember_this: "Retenir ceci",
    summarise_thread: "Résumer le fil",
  },
};

const all: Readonly<Record<Locale, Wording>> = { de, fr };

export const commandWords = (): Readonly<Record<string, string>> =>
  Object.fromEntries(locales.map((locale) => [locale, all[locale].command]));

/** Discord's `name_localizations` and `description_localizations`. */
export function localised(kind: "verbs" | "options", name: string) {
  const known = locales.flatMap((locale) => {
    const words = all[locale][kind][name];
    return words === undefined ? [] : [{ locale, ...words }];
  });
  return {
    name_localizations: Object.fromEntries(known.map(({ locale, name: word }) => [locale, word])),
    description_localizations: Object.fromEntries(known.map(({ locale, about }) => [locale, about])),
  };
}

export function shortcutNames(id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    locales.flatMap((locale) => {
      const word = all[locale].shortcuts[id];
      return word === undefined ? [] : [[locale, word]];
    }),
  );
}
