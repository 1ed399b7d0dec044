// What a message says is not to be done, and what it merely tells: recognised by its form alone, English and German.
// A classifier sees what words are about, and "don't start the reorder" is about the reorder.
import { isTelling } from "./context.ts";
import { normalise } from "./features.ts";

export interface Negation {
  /** As `/nova why` and the question say it. */
  readonly reason: string;
  /** Whom it holds back: everybody who can change something, or only what starts by itself. */
  readonly holds: "guarded" | "pipelines";
  /** False where the whole of it is only told or asked: an awaited answer may look like that. */
  readonly isRefusal: boolean;
  /** What the message asks for beside it, in the writer's words; null for nothing. */
  readonly rest: string | null;
}

const any = (...patterns: readonly string[]): RegExp => new RegExp(`^(?:${patterns.join("|")})`, "u");

// Somebody else's words, or a text to work on.
const quoted =
  /```[^]*?(?:```|$)|`[^`\n]*`|"[^"\n]*(?:"|$)|“[^”\n]*(?:”|$)|„[^“”\n]*(?:[“”]|$)|«[^»\n]*(?:»|$)|^[ \t]*>.*$/gmu;
const joint =
  /[,;.!?]+(?=\s|$)|\n+|\s[-–—]+\s|\s(?:but|aber|sondern|instead|stattdessen|and|und|then|dann|denn)(?=\s)/giu;
const softeners =
  /^(?:[\s,:(*_@-]|(?:please|pls|plz|bitte|ok|okay|no|nope|nein|ne|hey|hi|hello|hallo|nova|so|oh|hm+|well|actually|sorry|stop|halt|wait|warte|moment|also|just|doch|jetzt|now|or|oder|and|und|but|aber|then|dann|nur|only|because|as|weil|today|heute)(?=[\s,:]|$)(?!\s+(?:need|reason|the|a|an|this|that|these|all|any|every|my|our|den|die|das|der|with|mit|to)\s))+/u;
const asker =
  /^(?:which|what|what's|who|whom|whose|when|where|why|how|is|are|isn't|aren't|was|were|wasn't|weren't|do(?! not)|does|did|doesn't|didn't|has|have|hasn't|haven't|had|can|can't|could|couldn't|will|won't|would|wouldn't|should|shouldn't|show|list|find|tell|give|any|wer|was|wann|wo|wie|welche[rnms]?|wem|wen|wieso|warum|weshalb|hat|haben|ist|sind|gibt|kann|kannst|können|soll|sollen|sollte|sollten|darf|dürfen|muss|zeige?|liste|nenne?|suche?|wenn|falls|ob|dass|obwohl|if|unless|whether|while|although|that|wohin)\b/u;

const you = "(?:you|we|i|they|people)";
const dont = "(?:do not|don't|dont|do n't|don t)";
/** English, at the beginning of a clause. */
const refusing = any(
  `${dont}(?! (?:${you}(?! dare)|forget|hesitate|worry|let (?:me forget|yourself)|miss|fail|be (?:shy|afraid)|know|understand|have|get|see|remember)\\b)(?: \\S|$)`,
  String.raw`never ?mind\b`,
  String.raw`never (?!(?!need|feed|proceed)\p{L}+ed\b|(?:got|came|went|heard|sent|paid|saw|had|been)\b)\p{L}`,
  `(?:you|we|i) (?:really |also |just )?${dont} (?:want|need|wish|think (?:we|you|i) should)\\b`,
  String.raw`(?:[^\s:]+ ){1,6}?(?:should not|shouldn't|must not|mustn't|may not|shall not|shan't|(?:should|must|may|shall) never|need not|needn't|(?:is|are) not to be)\b(?! only)`,
  String.raw`(?:i|we|you) (?:will not|won't|would not|wouldn't) (?:want|need|pay|start|run|order|ship|do)\b`,
  String.raw`(?:there's |there is |we have |i see )?no (?:need|reason|point|sense) (?:to|for|in)\b(?! (?:wait|ask|hurry|rush|worry|reply|answer|explain|check))`,
  String.raw`(?:let's|lets|let us|better|best|rather|try|(?:i'd|we'd|i would|we would) (?:rather|prefer)) not\b(?! only)`,
  String.raw`make sure (?:that )?(?:you|nobody|no one|nothing|not to)\b(?! (?:do|run|start|pay)\b)`,
  String.raw`(?:can|could|would|will) you (?:please |pls )?not\b(?! only)`,
  String.raw`(?:i|we) (?:said|told you|asked you)(?: you)? not to\b`,
  String.raw`(?:it's|it is|that's) not (?:necessary|needed|required)\b`,
  String.raw`(?:nobody|no one) (?:should|must|may|shall|pays?|starts?|runs?|needs?)\b`,
  String.raw`(?:do|start|run|pay|change|order|ship|cancel|send|book|post) nothing\b`,
  String.raw`(?:under no circumstances|by no means|in no case)\b`,
  String.raw`(?:hold off|refrain from|leave .+ alone|forget (?:about|it|the|that|this)|call (?:it|that|the .+) off)\b`,
  String.raw`not (?:yet|now|today|like that|this time|to)\b(?! \p{L}+ \p{L}+ \?)`,
);
const subjectFirst = String.raw`(?!(?:ich|wir|er|sie|es|du|ihr|man|niemand) )`;
const commands =
  "starte?|startet|storniere?|zahle?|bezahle?|überweise?|buche?|verbuche?|versende?|verschicke?|schicke?|sende?|liefere?|bestelle?|bestätige?|erstelle?|lege?|führe?|beginne?|mache?|tue?|lösche?|ändere?|gib|lasse?|nimm|erfasse?|öffne?|schließe?|veröffentliche?|reserviere?|genehmige?|fakturiere?|berechne?|kündige?|melde?|rufe?|leite?|stelle?|setze?|trage?";
const ending = String.raw`nicht(?: (?:mehr|jetzt|heute|schon|sofort|gleich|morgen|ab|an|aus|durch|los|frei|um|ein|auf|raus|vor))*`;
/** German, where the word that refuses may stand at the end. */
const refusingInGerman = any(
  `(?:${commands}) (?!.*nicht nur\\b)(?:.+ )?(?:${ending}|kein(?:e|en|er)? .+)$`,
  `${subjectFirst}(?!(?:.* )?(?:die|der|das|den) (?:noch |wir |ich |sie |er )*nicht)(?!.*(?:kann|können|konnten?|könnten?|lässt|lassen) )(?:.+ )?nicht (?:mehr |jetzt |heute |sofort |gleich )*(?!nur)\\p{L}+en$`,
  String.raw`(?:\S+ ){1,6}?(?:soll|sollen|sollte|sollten|darf|dürfen|muss|müssen|brauchen|brauche|will|wollen|möchte|möchten)\b.* (?:nicht(?! nur)|kein(?:e|en)?)\b`,
  String.raw`(?:es ist )?(?:nicht nötig|kein bedarf|auf keinen fall|keinesfalls|keineswegs|lieber nicht|besser nicht|bloß nicht|ja nicht|noch nicht(?! \p{L}+t(?:e|en|er|es)\b)|nicht jetzt|nicht heute)\b`,
  String.raw`kein(?:e|en|er)? .+en$`,
  String.raw`(?:vergiss|vergesst) (?:es|das|den|die)\b|lass (?:es|das|den .+|die .+)(?: sein| bleiben)?$`,
);
/** Ends a run, or puts it off: an effect of an agent may be meant, but never a start. */
const stopping = any(
  String.raw`(?:stop|stopp|stoppe|stoppt|halt|hold|pause|abort|postpone|skip|cancel|suspend|kill|end|quit|unschedule|brich|storniere|beende|verschiebe)\b`,
  String.raw`(?:.+ )(?:abbrechen|stoppen|anhalten|beenden|verschieben)$`,
);

const isFine =
  "(?:fine|ok|okay|good|up|back|online|running|working|stable|over|done|resolved|fixed|solved|settled)";
/** Is done already, or is over. */
const tellingDone = any(
  String.raw`(?:i|we|i've|we've)(?: have| had)? already (?!want|need|have\b|know|told|said|asked)\p{L}+`,
  String.raw`(?:ich|wir) (?:habe|haben|hatten?) .*\b(?:schon|bereits|gestern)\b.*t$|(?:ich|wir) (?:habe|haben) .*\b(?:schon|bereits|gestern)\b.*en$`,
  `(?:note that |fyi |just so you know )?(?:the |our |everything |it |all |that |this )?(?:\\S+ ){0,3}?(?:is|are|it's|that's) (?:all |now |already |back )*${isFine} (?:now|again)\\b`,
  String.raw`(?:note that |fyi )?(?:the |our )?(?:\S+ ){0,3}?(?:is over|(?:has|have) been (?:resolved|fixed|solved)|(?:was|is|were) (?:resolved|fixed|solved))\b`,
  `(?:is|are|it's|works|runs) (?:all |now )*${isFine}?\\s?(?:now|again)\\b`,
  String.raw`.*(?:läuft|geht|ist|sind|funktioniert)(?: \S+)?(?: jetzt)? wieder\b`,
  String.raw`.*ist (?:jetzt )?(?:vorbei|behoben|gelöst|erledigt)\b`,
);
const then = "(?:yesterday|last (?:week|month|night|year|monday|friday)|earlier|gestern|letzte|vorhin)";
/** Says when it was: no start follows from it, though a change may ("Delta paid yesterday"). */
const tellingPast = any(
  `(?!.*\\b(?:now|jetzt|still|immer noch)\\b)(?:(?:i|we)(?: have|'ve)? (?:\\p{L}+ed|ran|did|made|sent|paid|held)|(?:\\S+ ){1,4}(?:was|were|went|war|waren))\\b.* ${then}\\b`,
  String.raw`(?:the |our )?(?:\S+ ){1,3}?(?:is|are) (?:done|finished|completed?|through|out)$`,
);
/** Asks about runs instead of for one. */
const askingAbout = any(
  String.raw`(?:what (?:happens|would happen|happened|if)|how (?:did|was|were)|when (?:did|was|were|is|does)|why (?:did|was)|was passiert|wie (?:lief|liefen|war|ist|läuft)|wann (?:war|lief|ist)|warum (?:ist|war|hat))\b`,
);

interface Clause {
  /** Lower case, without what it politely opens with. */
  readonly plain: string;
  readonly written: string;
  readonly isAsking: boolean;
}

function clausesOf(text: string): readonly Clause[] {
  const straight = text.replaceAll(/[’‘ʼ´`](?=\p{L})/gu, "'").slice(0, 2000);
  const masked = straight.replaceAll(quoted, (words) => " ".repeat(words.length));
  const cuts = [...masked.matchAll(joint)];
  const starts = [0, ...cuts.map(({ index, 0: words }) => index + words.length)];
  return starts.flatMap((start, at) => {
    const end = cuts[at]?.index ?? masked.length;
    const plain = normalise(masked.slice(start, end)).trim().replace(softeners, "").trim();
    if (plain === "") return [];
    const isAsking = asker.test(plain);
    return [{ plain, written: straight.slice(start, end).trim(), isAsking }];
  });
}

const polite = /^(?:can|could|would|will) you (?:please |pls )?not\b/u;
const isRefused = ({ plain, isAsking }: Clause): boolean =>
  (!isAsking && (refusing.test(plain) || refusingInGerman.test(plain))) || polite.test(plain);
/** Beside something told, more told changes nothing. */
const isBeside = ({ plain }: Clause): boolean =>
  tellingDone.test(plain) || isTelling(plain) || tellingPast.test(plain) || !plain.includes(" ");

function restOf(clauses: readonly Clause[], isLeftOut: (clause: Clause) => boolean): string | null {
  const rest = clauses.filter((clause) => !isLeftOut(clause) && clause.plain.includes(" "));
  return rest.length === 0 ? null : rest.map(({ written }) => written).join(", ");
}

/** Null for a message that may be acted on as it stands. Questions about what is not so are no refusals. */
export function negationIn(text: string): Negation | null {
  const clauses = clausesOf(text);
  const [first] = clauses;
  if (first === undefined) return null;
  if (clauses.some(isRefused)) {
    const reason = "The message says what is not to be done.";
    return { reason, holds: "guarded", isRefusal: true, rest: restOf(clauses, isRefused) };
  }
  const told = (reason: string, holds: Negation["holds"]): Negation => ({
    reason,
    holds,
    isRefusal: false,
    rest: null,
  });
  if (!first.isAsking && !text.includes("?") && clauses.every(isBeside)) {
    if (clauses.some(({ plain }) => tellingDone.test(plain)))
      return told("The message tells what is done or over, and asks for nothing.", "guarded");
    if (clauses.some(({ plain }) => tellingPast.test(plain)))
      return told("The message tells what was, and asks for nothing.", "pipelines");
  }
  if (stopping.test(first.plain))
    return told("The message stops something, and starts nothing.", "pipelines");
  if (clauses.length === 1 && askingAbout.test(first.plain))
    return told("The message asks about something, and starts nothing.", "pipelines");
  return null;
}
