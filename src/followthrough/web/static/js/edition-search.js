// The search of a static edition. What it looks in lies in scripts beside the page, loaded as the words of a query need
// them: a folder that is opened without a server lets a page load scripts and fetch nothing.
"use strict";

const INDEX = "../edition/index/";
const SHOWN = 60;
const LONGEST = 60;
const ENDINGS = ["", "s", "es", "ed", "ing", "ings", "er", "ers", "e", "or", "ors", "ion", "ions"];
const CUTS = [["ings", 4], ["ing", 4], ["ions", 6], ["ion", 6], ["ers", 4], ["er", 4], ["ors", 6], ["or", 6], ["ed", 4]];
const ASCII = /^[\x00-\x7f]*$/;
const FOREIGN = /[^\x00-\x7f]+/gu;

const arrived = new Map();
const waiting = new Map();

globalThis.followthroughShard = (name, value) => arrived.set(name, value);

const shard = (name) => {
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${INDEX}${name}.js`;
      script.onload = () => resolve(arrived.get(name));
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    }));
  }
  return waiting.get(name);
};

// The name of the shard of a word: its first two letters, or where its first stands beyond ASCII.
const letters = (word) => {
  const codes = [...word].slice(0, 2).map((letter) => letter.codePointAt(0));
  return codes[0] < 128 ? codes.map((code) => code.toString(16)).join("-") : `x${(codes[0] >> 6).toString(16)}`;
};

// The words of a query, folded as the site folds them.
class Folding {
  constructor(rules) {
    this.rules = rules;
    this.combining = new RegExp(rules.combining, "gu");
    this.spelling = rules.spelling.map(([pattern, instead]) => [new RegExp(pattern, "gu"), instead]);
  }

  fold(text) {
    if (ASCII.test(text)) return text.toLowerCase();
    const like = [...text].map((letter) => this.rules.like[letter] ?? letter).join("");
    const bare = like.normalize("NFKD").replace(this.combining, "").normalize("NFC");
    return [...bare].map((letter) => this.rules.folded[letter] ?? letter.toLowerCase()).join("");
  }

  words(query) {
    const folded = this.fold(query)
      .replace(/\b(?:no|para|paragraph|article)\.? ?(?=\d)/gu, "")
      .replace(/(?<![\w.])(\d+(?:\.\d+)+)[ (]+([a-z])\)?(?![\w.])/gu, "$1$2")
      .replace(/'s(?!\w)/gu, "");
    const found = folded.split(/[\s"“”(),;:!?/]+/u).map((word) => word.replace(/^[._'-]+|[._'-]+$/gu, ""));
    const all = found.filter((word) => /[\p{L}\p{N}]/u.test(word));
    const telling = all.filter((word) => !this.rules.stop.includes(word));
    return telling.length ? telling : all;
  }

  oneSpelling(word) {
    if (word.length < 5) return word;
    return this.spelling.reduce((now, [pattern, instead]) => now.replace(pattern, instead), word);
  }

  family(word) {
    if (!/^[a-z]{4,}$/u.test(word)) return [word];
    const begun = stem(this.oneSpelling(word));
    const found = [word, ...ENDINGS.map((ending) => begun + ending)];
    if (word.endsWith("ies")) found.push(`${word.slice(0, -3)}y`);
    else if (word.endsWith("y")) found.push(`${word.slice(0, -1)}ies`);
    if (/[^aeiou][aeiou][bdgmnprt]$/u.test(begun)) {
      found.push(...["ed", "ing", "er", "ers"].map((ending) => begun + begun.at(-1) + ending));
    }
    return [...new Set(found)];
  }

  key(word) {
    return ASCII.test(word) ? this.oneSpelling(word.replace(/s$/u, "")) : word;
  }
}

const stem = (word) => {
  for (const [ending, least] of CUTS) {
    if (word.endsWith(ending) && word.length - ending.length >= least) {
      return word.slice(0, -ending.length).replace(/([bdgmnprt])\1$/u, "$1");
    }
  }
  const single = /s$/u.test(word) && !/(?:ss|us|is)$/u.test(word) && word.length > 3 ? word.slice(0, -1) : word;
  return single.endsWith("e") && single.length > 5 ? single.slice(0, -1) : single;
};

// The numbers of the entries that hold a word, or one that begins with it.
const holding = async (rules, word, begun) => {
  const exact = letters(word);
  const single = [...word].length < 2;
  const names = rules.words.filter((name) => name === exact || (begun && single && name.startsWith(`${exact}-`)));
  const found = new Set();
  for (const words of await Promise.all(names.map((name) => shard(`w-${name}`)))) {
    for (const [held, steps] of Object.entries(words)) {
      if (held !== word && !(begun && held.startsWith(word))) continue;
      let number = 0;
      for (const step of steps) found.add((number += step));
    }
  }
  return found;
};

const union = (sets) => new Set(sets.flatMap((one) => [...one]));
const both = (sets) => sets.reduce((one, other) => new Set([...one].filter((number) => other.has(number))));

const ofWord = async (folding, word) => {
  const { rules } = folding;
  if (/^\d+(?:\.\d+)*[a-z]?$/u.test(word) && !/^\d+$/u.test(word)) return holding(rules, rules.place + word, false);
  if (!ASCII.test(word)) {
    const pairs = [...word.matchAll(FOREIGN)].flatMap(([run]) => {
      const signs = [...run];
      return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
    });
    const begun = word.split(FOREIGN).filter(Boolean);
    const asked = [...pairs.map((pair) => holding(rules, pair, false)), ...begun.map((part) => holding(rules, part, true))];
    return both(await Promise.all(asked));
  }
  const parts = word.split(/[^\w.]+/u).filter(Boolean);
  const whole = parts.join("");
  const begun = [...new Set([whole, folding.oneSpelling(whole)])].map((one) => holding(rules, one.slice(0, LONGEST), true));
  const forms = folding.family(whole).slice(1).map((one) => holding(rules, one, false));
  const apart = parts.length > 1 ? [both(await Promise.all(parts.map((part) => holding(rules, part, true))))] : [];
  return union([...(await Promise.all([...begun, ...forms])), ...apart]);
};

const ofPhrase = async (folding, phrase) => both(await Promise.all(
  phrase.split(" ").filter((word) => !folding.rules.stop.includes(word)).map(async (word) => union(await Promise.all(
    [word, `${word}s`, word.replace(/y$/u, "ies")].map((one) => holding(folding.rules, one, false)),
  ))),
));

// What is treated like a word: other words for it, and what it means in English.
const alikeOf = async (folding, word) => {
  const key = folding.key(word);
  const name = letters(key);
  const held = folding.rules.alike.includes(name) ? await shard(`a-${name}`) : {};
  return held[key] ?? [];
};

// How many letters are left out, put in, changed or swapped with the next, up to one more than `most`.
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const row = [at];
    for (let place = 1; place <= other.length; place += 1) {
      const same = one[at - 1] === other[place - 1];
      let cost = Math.min(row[place - 1] + 1, last[place] + 1, last[place - 1] + (same ? 0 : 1));
      const swapped = at > 1 && place > 1 && one[at - 1] === other[place - 2] && one[at - 2] === other[place - 1];
      if (swapped) cost = Math.min(cost, before[place - 2] + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
};

// How many errors a word may have: none in a short one, two in a long one.
const allowed = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

// The known words that a word may be meant for: those with the fewest errors, the nearest first.
const near = (word, known, shown = 3) => {
  const most = allowed(word);
  const close = known
    .map((other) => [distance(word, other, most), other[0] !== word[0], Math.abs(other.length - word.length), other])
    .filter(([errors]) => errors <= most);
  const fewest = close.some(([errors]) => errors <= 1) ? 1 : most;
  return close
    .filter(([errors]) => errors <= fewest)
    .sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || (one[3] < other[3] ? -1 : 1))
    .slice(0, shown)
    .map(([, , , other]) => other);
};

const unitOf = async (folding, word) => {
  const alike = await alikeOf(folding, word);
  return union(await Promise.all([ofWord(folding, word), ...alike.map((phrase) => ofPhrase(folding, phrase))]));
};

// The entries of a word, and the word itself: of one that nothing holds, those of the word that it may be meant for.
const meantBy = async (folding, word) => {
  const found = await unitOf(folding, word);
  if (found.size || !/^[a-z]{4,}$/u.test(word)) return [word, found];
  for (const other of near(word, await shard("near"))) {
    const instead = await unitOf(folding, other);
    if (instead.size) return [other, instead];
  }
  return [word, found];
};

// The words that were looked for, and the numbers of the entries that have all of them.
const find = async (folding, words) => {
  const units = await Promise.all(words.map((word) => meantBy(folding, word)));
  const held = units.map(([, found]) => found);
  const numbers = held.length ? [...both(held)].sort((one, other) => one - other) : [];
  return [units.map(([word]) => word), numbers];
};

const score = (folding, [group, , record, name, says], words, query) => {
  const title = folding.fold(name);
  const rest = folding.fold(says);
  const own = record.toLowerCase();
  let points = folding.rules.groups[group][1];
  if (own === query || own.endsWith(`/${query}`)) points += 40;
  if (title.includes(query)) points += 12;
  for (const word of words) {
    if (title.includes(word)) points += 6;
    if (rest.includes(word)) points += 2;
  }
  return points;
};

const entriesOf = async (rules, numbers) => {
  const chunks = [...new Set(numbers.map((number) => Math.floor(number / rules.chunk)))];
  const held = new Map(await Promise.all(chunks.map(async (at) => [at, await shard(`e-${at}`)])));
  return numbers.map((number) => held.get(Math.floor(number / rules.chunk))[number % rules.chunk]);
};

const made = (name, text, kind = "") => {
  const element = document.createElement(name);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
};

const show = (list, entries, groups) => {
  list.replaceChildren(...entries.map(([group, link, , name, says, about]) => {
    const item = made("li", "");
    const heading = made("h2", "");
    const anchor = made("a", name);
    anchor.href = link;
    heading.append(anchor);
    item.append(made("p", groups[group][0], "micro"), heading);
    if (says) item.append(made("p", says));
    item.append(made("p", about, "small dim"));
    return item;
  }));
};

const run = async () => {
  const query = new URLSearchParams(location.search).get("q")?.trim().slice(0, 200) ?? "";
  const status = document.querySelector("[data-status]");
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  if (!query) return;
  const said = status.dataset;
  status.textContent = said.looking;
  try {
    const folding = new Folding(await shard("rules"));
    const typed = folding.words(query);
    const [words, numbers] = await find(folding, typed);
    const mistyped = typed.flatMap((word, at) => (word === words[at] ? [] : [[word, words[at]]]));
    const entries = await entriesOf(folding.rules, numbers.slice(0, 1000));
    const folded = mistyped.reduce((now, [word, instead]) => now.replace(word, instead), folding.fold(query));
    const scored = entries.map((entry) => [score(folding, entry, words, folded), entry]);
    scored.sort(([one], [other]) => other - one);
    show(document.querySelector("[data-found]"), scored.slice(0, SHOWN).map(([, entry]) => entry), folding.rules.groups);
    const sentence = numbers.length ? (numbers.length > SHOWN ? said.more : said.all) : said.none;
    const asked = mistyped.length && numbers.length ? folded : query;
    const counted = sentence.replace("{count}", numbers.length).replace("{shown}", SHOWN).replace("{query}", () => asked);
    status.textContent = asked === query ? counted : `${said.instead.replace("{query}", () => query)} ${counted}`;
  } catch {
    status.textContent = said.failed;
  }
};

run();
