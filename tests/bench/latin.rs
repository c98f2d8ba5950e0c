//! How surely, and how fast, a name that is typed in Latin letters finds its Arabic name among many.
//!
//! `cargo bench --bench latin` holds out three tenths of the Arabic units of the lists with all their spellings, learns from
//! the others, and invents 300,000 names of two and three units, as often as people have them. 2,000 of them are looked for
//! in a spelling that somebody has: by an English habit (of Arab countries where French is not written), a French one, and a
//! German one (by rule from those). In half of these names every unit is held out, in the other half none is.
//! `FIHRIST_NAMES` and `FIHRIST_QUERIES` set other numbers; `FIHRIST_MISSES=20` prints names that were not found first. It
//! prints measurements without judging them.

mod dice;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use fihrist::arabic::{Folding, fold};
use fihrist::entities::train::{german, learn_latin};
use fihrist::entities::{EntityKind, Latin, LatinData, LatinIndex, LatinRow, NameTable};

use dice::Dice;

/// The tenths of the units that are held out.
const HELD_OUT: u64 = 3;

/// An Arabic unit with its spellings.
#[derive(Default)]
struct Unit {
    arabic: String,
    is_held_out: bool,
    /// Whether only the list of pairs has it, which holds many foreign names.
    is_foreign: bool,
    /// How many people have it as given name, and as family name, weighted.
    weights: [f64; 2],
    spellings: Vec<LatinRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Habit {
    English,
    French,
    German,
}

struct Typed {
    number: usize,
    text: String,
    is_held_out: bool,
    is_foreign: bool,
    habit: Habit,
}

/// The unit of a row, whether it is written with article, «بن» and spaces or not.
fn stem(arabic: &str) -> String {
    let arabic = fold(arabic, Folding::Name);
    let arabic = arabic.strip_prefix("بن ").unwrap_or(&arabic).replace(' ', "");
    arabic.strip_prefix("ال").unwrap_or(&arabic).to_owned()
}

fn is_held_out(arabic: &str) -> bool {
    xxhash_rust::xxh3::xxh3_64(stem(arabic).as_bytes()) % 10 < HELD_OUT
}

fn units(rows: &[LatinRow]) -> Vec<Unit> {
    let mut units: BTreeMap<&str, Unit> = BTreeMap::new();
    for row in rows {
        let is_pair = row.is('p') && !row.is('o');
        if !row.is('f') && !row.is('a') && !is_pair || row.arabic.starts_with("بن ") {
            continue;
        }
        let unit = units.entry(&row.arabic).or_default();
        unit.spellings.push(row.clone());
    }
    let mut units: Vec<Unit> = units
        .into_iter()
        .map(|(arabic, unit)| {
            let of = |flag: char| unit.spellings.iter().filter(move |it| !it.is(flag)).map(|it| it.count);
            // A role that is not known is either.
            let (given, family): (u32, u32) = (of('s').sum(), of('g').sum());
            Unit {
                arabic: arabic.to_owned(),
                is_held_out: is_held_out(arabic),
                is_foreign: unit.spellings.iter().all(|it| it.is('p')),
                weights: [given, family].map(|it| f64::from(it).powf(0.75)),
                spellings: unit.spellings,
            }
        })
        .collect();
    units.retain(|it| !it.arabic.is_empty());
    units
}

/// Draws units as often as people have them.
struct Urn<'a> {
    units: Vec<&'a Unit>,
    sums: [Vec<f64>; 2],
}

impl<'a> Urn<'a> {
    fn new(units: impl Iterator<Item = &'a Unit>) -> Self {
        let units: Vec<&Unit> = units.collect();
        let sums = [0, 1].map(|role| {
            let mut sum = 0.0;
            let weights = units.iter().map(|it| it.weights[role]);
            weights
                .map(|weight| {
                    sum += weight;
                    sum
                })
                .collect()
        });
        Self { units, sums }
    }

    fn draw(&self, dice: &mut Dice, role: usize) -> &'a Unit {
        let sums = &self.sums[role];
        let at = dice.below(1 << 31) as f64 / (1_u64 << 31) as f64 * sums[sums.len() - 1];
        self.units[sums.partition_point(|it| *it <= at).min(self.units.len() - 1)]
    }

    fn name(&self, dice: &mut Dice) -> Vec<&'a Unit> {
        let mut name = vec![self.draw(dice, 0)];
        if dice.below(10) < 3 {
            let role = usize::from(dice.below(10) < 4);
            name.push(self.draw(dice, role));
        }
        name.push(self.draw(dice, 1));
        name
    }
}

/// A spelling of a unit that somebody has, by a habit if somebody of that habit has it.
fn spelled(unit: &Unit, habit: Habit, dice: &mut Dice) -> String {
    let flag = if habit == Habit::French { 'f' } else { 'a' };
    let mut of_habit: Vec<&LatinRow> = unit.spellings.iter().filter(|it| it.is(flag)).collect();
    if of_habit.is_empty() {
        of_habit = unit.spellings.iter().collect();
    }
    let sum: u32 = of_habit.iter().map(|it| it.count).sum();
    let mut at = dice.below(u64::from(sum)) as u32;
    let row = of_habit.iter().find(|it| match at.checked_sub(it.count) {
        Some(rest) => {
            at = rest;
            false
        }
        None => true,
    });
    let latin = row.map_or("", |it| it.latin.as_str());
    match habit {
        Habit::German => german(&latin.to_lowercase()),
        _ => latin.to_owned(),
    }
}

/// The names, and how some of them are typed.
fn names(units: &[Unit], n_names: usize, n_typed: usize) -> (NameTable, Vec<Typed>) {
    let mut dice = Dice(1);
    let (held_out, listed): (Vec<&Unit>, Vec<&Unit>) = units.iter().partition(|it| it.is_held_out);
    let urns = [
        Urn::new(listed.into_iter()),
        Urn::new(held_out.into_iter()),
        Urn::new(units.iter()),
    ];
    let mut table = NameTable::default();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut typed = Vec::new();
    while table.len() < n_names {
        let is_typed = typed.len() < n_typed;
        let urn = if is_typed { typed.len() % 2 } else { 2 };
        let name = urns[urn].name(&mut dice);
        let arabic: Vec<&str> = name.iter().map(|it| it.arabic.as_str()).collect();
        let arabic = arabic.join(" ");
        let number = *numbers.entry(arabic.clone()).or_insert_with(|| {
            table.push(EntityKind::Person, &arabic, &arabic);
            table.len() - 1
        });
        if is_typed {
            let habit = [Habit::English, Habit::French, Habit::German][typed.len() / 2 % 3];
            let text: Vec<String> = name.iter().map(|it| spelled(it, habit, &mut dice)).collect();
            typed.push(Typed {
                number,
                text: text.join(" "),
                is_held_out: urn == 1,
                is_foreign: name.iter().any(|it| it.is_foreign),
                habit,
            });
        }
    }
    (table, typed)
}

fn print_times(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        let idx = (times.len() as f64 * share) as usize;
        times
            .get(idx.min(times.len().saturating_sub(1)))
            .map_or(0.0, |it| it.as_secs_f64() * 1e3)
    };
    println!(
        "{what}: median {:.2} ms, 95 % {:.2} ms, 99 % {:.2} ms, most {:.2} ms",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// Looks for what was typed; prints how often the name came first and among the first five.
fn measure(latin: &Latin, index: &LatinIndex, table: &NameTable, typed: &[Typed], n_misses: usize) {
    let mut tally: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    let mut times = Vec::new();
    let mut misses = Vec::new();
    for it in typed {
        let start = Instant::now();
        let found = latin.find(index, &it.text, false);
        times.push(start.elapsed());
        let place = found.iter().position(|found| found.name.0 as usize == it.number);
        let of_half = if it.is_held_out { "held out" } else { "in the lists" };
        let of_origin = if it.is_foreign { "with a foreign part" } else { "Arab" };
        let habit = format!("{:?}", it.habit);
        for group in ["all", of_half, of_origin, &habit, &format!("{of_half}, {habit}")] {
            let counts = tally.entry(group.to_owned()).or_default();
            counts[0] += 1;
            counts[1] += u32::from(place == Some(0));
            counts[2] += u32::from(place.is_some_and(|it| it < 5));
        }
        if place != Some(0) {
            let form = |number: u32| table.form(fihrist::entities::NameNumber(number)).to_owned();
            let first = found.first().map(|it| format!("{} ({:.1})", form(it.name.0), it.score));
            misses.push(format!(
                "{:?}: {} is {}, first {first:?}",
                place,
                it.text,
                form(it.number as u32)
            ));
        }
    }
    for (group, [n, first, five]) in &tally {
        let share = |it: &u32| f64::from(*it) / f64::from(*n);
        println!(
            "{group}: {n} names, first {:.3}, among five {:.3}",
            share(first),
            share(five)
        );
    }
    print_times("whole names", times);
    let begun = typed.iter().map(|it| {
        let text: String = it.text.chars().take(it.text.chars().count().min(5)).collect();
        let start = Instant::now();
        latin.find(index, &text, true);
        start.elapsed()
    });
    print_times("five letters", begun.collect());
    misses.sort_by_key(|it| it.starts_with("Some"));
    misses.iter().take(n_misses).for_each(|it| println!("  {it}"));
}

/// How often the form by rule of a unit that is held out is one that somebody has.
fn measure_forms(latin: &Latin, units: &[Unit]) {
    let plain = |text: &str| -> String {
        fold(text, Folding::Name)
            .chars()
            .filter(char::is_ascii_lowercase)
            .collect()
    };
    let (mut n, mut n_attested) = (0, 0);
    for unit in units
        .iter()
        .filter(|it| it.is_held_out && !it.arabic.contains(' ') && !it.arabic.starts_with("ال"))
    {
        let Some(form) = latin.form_of(&unit.arabic) else {
            continue;
        };
        let form = plain(&form.text);
        n += 1;
        n_attested += u32::from(unit.spellings.iter().any(|it| plain(&it.latin) == form));
    }
    println!("forms by rule that somebody has: {n_attested} of {n}");
}

fn main() {
    let number = |variable: &str, otherwise: usize| {
        let value = std::env::var(variable).ok().and_then(|it| it.parse().ok());
        value.unwrap_or(otherwise)
    };
    let start = Instant::now();
    let all = LatinData::built_in();
    println!(
        "{} spellings read in {:.0} ms",
        all.rows.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
    let start = Instant::now();
    let _built_in = Latin::new(&all);
    println!("prepared in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);

    let kept: Vec<LatinRow> = all.rows.iter().filter(|it| !is_held_out(&it.arabic)).cloned().collect();
    let start = Instant::now();
    let learnt = learn_latin(&kept, &mut |_| {});
    println!(
        "learnt from {} of them in {:.1} s",
        kept.len(),
        start.elapsed().as_secs_f64()
    );
    let latin = Latin::new(&learnt);

    let units = units(&all.rows);
    let kept_stems: HashSet<String> = kept.iter().map(|it| stem(&it.arabic)).collect();
    assert!(
        units
            .iter()
            .all(|it| !it.is_held_out || !kept_stems.contains(&stem(&it.arabic))),
        "what is held out must not be learnt from"
    );
    let (table, typed) = names(
        &units,
        number("FIHRIST_NAMES", 300_000),
        number("FIHRIST_QUERIES", 2000),
    );
    let start = Instant::now();
    let index = LatinIndex::new(&table);
    println!(
        "{} names indexed in {:.0} ms, {:.1} MB",
        table.len(),
        start.elapsed().as_secs_f64() * 1e3,
        index.memory() as f64 / 1e6
    );
    measure(&latin, &index, &table, &typed, number("FIHRIST_MISSES", 0));
    measure_forms(&latin, &units);
}
