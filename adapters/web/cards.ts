// A post as a piece of the page. A proposal is drawn from its card alone; what the agent says of it stands apart and
// is labelled. Buttons are forms, so that they work with a keyboard, a screen reader, and without script.
import type { Card, Post, PostButton, PostField } from "../../src/post.ts";
import { markup } from "./html.ts";
import type { Html } from "./html.ts";
import { toHtml } from "./outbound.ts";
import { wholeOf } from "./saving.ts";

/** The inside of a post's article. */
export function drawPost(post: Post): Html {
  return markup`${wholeOf(post).trim() === "" ? null : markup`<div class="words">${toHtml(wholeOf(post))}</div>`}
    ${post.card === null ? null : drawCard(post.card)}
    ${post.buttons.some(isLoud) ? drawButtons(post, isLoud) : null}
    ${post.footer === null ? null : markup`<p class="footer">${post.footer}</p>`}
    ${post.buttons.every(isLoud) ? null : drawButtons(post, (button) => !isLoud(button))}`;
}

function drawCard(card: Card): Html {
  return markup`<h2 class="title">${card.title}</h2>
    <p class="state" data-open="${card.isOpen ? "yes" : "no"}">${card.state}</p>
    <dl class="effects">${card.effects.map((effect) => drawEffect(effect))}</dl>
    ${card.checks.length === 0 ? null : markup`<ul class="checks">${toItems(card.checks)}</ul>`}
    <ul class="terms" aria-label="Terms">${toItems(card.terms)}</ul>
    ${
      card.agentWords === null
        ? null
        : markup`<blockquote><p class="label">In the agent’s own words</p>${toHtml(card.agentWords)}</blockquote>`
    }
    <p class="footer">Asked by ${card.requestedBy} · ${card.agent} · <code>${card.proposal}</code> ·
      fingerprint <code>${card.fingerprint}</code></p>`;
}

const toItems = (lines: readonly string[]): readonly Html[] => lines.map((line) => markup`<li>${line}</li>`);

function drawEffect(effect: string): Html {
  const colon = effect.indexOf(": ");
  if (colon === -1) return markup`<div><dt></dt><dd>${effect}</dd></div>`;
  return markup`<div><dt>${effect.slice(0, colon)}</dt><dd>${effect.slice(colon + 2)}</dd></div>`;
}

/** What every answer offers stands small and last. */
const isLoud = ({ style }: PostButton): boolean => style !== "quiet";

function drawButtons(post: Post, isMeant: (button: PostButton) => boolean): Html {
  const about = post.card?.title ?? post.text.slice(0, 80);
  return markup`<div class="buttons" role="group" aria-label="${`Choices: ${about}`}">${post.buttons
    .filter(isMeant)
    .map((button) => drawButton(button))}</div>`;
}

function drawButton(button: PostButton): Html {
  if (button.fields !== undefined) return drawEditing(button, button.fields);
  return button.asks === null ? drawPress(button) : drawAsking(button, button.asks);
}

const press = (inside: Html): Html =>
  markup`<form action="/chat/press" method="post" hx-post="/chat/press" hx-target="#notice" hx-swap="textContent">${inside}</form>`;
const nonceField = (nonce: string): Html => markup`<input type="hidden" name="nonce" value="${nonce}">`;

function drawPress({ nonce, label, style }: PostButton): Html {
  return press(markup`${nonceField(nonce)}<button class="${style}">${label}</button>`);
}

/** Opens in place: no script decides whether a person may give a reason. */
function drawAsking({ nonce, label, style }: PostButton, asks: string): Html {
  return markup`<details><summary class="${style}">${label}</summary>${press(
    markup`${nonceField(nonce)}<label>${asks}<textarea name="words" rows="2" maxlength="2000"></textarea></label>
      <button class="${style}">${label.replace(/…$/u, "")}</button>`,
  )}</details>`;
}

/** The values as they stand, each in a field of its own. */
function drawEditing({ nonce, label, style }: PostButton, fields: readonly PostField[]): Html {
  const inputs = fields.map(({ key, label: name, value, isLong, isRequired }) => {
    const required = isRequired ? markup` required` : null;
    const input = isLong
      ? markup`<textarea name="${`field.${key}`}" rows="3" maxlength="4000"${required}>${value}</textarea>`
      : markup`<input name="${`field.${key}`}" value="${value}" maxlength="1000"${required}>`;
    return markup`<label>${name}${input}</label>`;
  });
  return markup`<details><summary class="${style}">${label}</summary>${press(
    markup`${nonceField(nonce)}${inputs}<button class="${style}">${label.replace(/…$/u, "")}</button>`,
  )}</details>`;
}
