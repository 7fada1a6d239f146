// A card on the table as every panel shows it: whose letter, and the words. What can be done with it is told by who shows it.
import { html, nothing } from "lit-html";
import { nameOf } from "./chair.js";

/** The seat of that letter, or undefined when nobody sits there any more. */
export const seatOf = ({ view }, letter) => view.seats.find((seat) => seat.letter === letter);

/** What a person of that letter is called. */
export function called(p, letter) {
  const seat = seatOf(p, letter);
  return seat ? nameOf(seat, p.t) : p.t("seat", { letter });
}

/** The letter of a seat on its colour; a quiet mark when a card is nobody's alone. Its name is said where it is needed. */
export function chip(letter, more = "") {
  return letter ? html`<span class="chip seat-${letter} ${more}" aria-hidden="true">${letter}</span>` : html`<span class="chip together ${more}" aria-hidden="true">∙</span>`;
}

/** A card with its letter; `below` is what can be done with it. */
export function slip(p, card, below = nothing, more = "") {
  return html`<article class="slip ${more}" data-note=${card.note}>
    <p class="slip-text">${chip(card.seat, "small")}<span><span class="unseen">${card.seat ? called(p, card.seat) : p.t("slip.together")}: </span>${card.text}</span></p>${below}</article>`;
}

/** Seats that are there; those who went home are not. */
export const present = ({ view }) => view.seats.filter((seat) => seat.voice !== "left");
