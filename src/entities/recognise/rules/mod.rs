//! Rules applied after the model: patterns in which it is known to err, and evidence from elsewhere in the article.
//!
//! Precision before recall: a rule adds a name only where none was found and the words leave no doubt.
//!
//! | file | is |
//! |---|---|
//! | `name` | a name as tokens, and the questions that all rules ask of it |
//! | `boundary` | where a name of any kind begins and ends |
//! | `edge` | what stands at the edge of a name and is none of it |
//! | `foreign` | foreign names of which a part was found |
//! | `listed` | names that the lists have and the model missed |
//! | `person` | titles, professions and relatives around people |
//! | `role` | what a person is said to be |
//! | `state` | bodies of states: «الخارجية الروسية» |
//! | `short` | short names that an article gives: «… (حماس)» |
//! | `repeated` | names found in one place of an article and missed in another |
//! | `keyword` | the line of keywords at an article's end |
//! | `no_name` | what looks like a name but is not |

mod boundary;
mod edge;
mod foreign;
mod keyword;
mod listed;
mod name;
mod no_name;
mod person;
mod repeated;
mod role;
mod short;
mod state;

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::tagger::Labelled;

use boundary::{add_known, add_led, cut_at_quotes, cut_at_small_words, cut_part, is_facility, whole_city};
use edge::{cut_origin, cut_proclitic, cut_seat, go_on_for, place_behind_dash};
use foreign::make_whole;
use keyword::keyword_tail;
use listed::{add_particular_bodies, add_rare_places};
use name::{LONGEST_NAME, Taken, spans_of};
use no_name::{
    drop_moon, is_adjective, is_blessing, is_brand, is_dynasty, is_hashtag, is_no_person, is_of_event,
    is_office_or_contest, is_sector,
};
use person::{
    add_people, cut_calling, cut_epithet, cut_no_person, cut_person, cut_title, name_before_daughter, split_people,
};
use repeated::add_repeated;
use short::add_short_forms;
use state::{add_state_bodies, cut_state_body};

pub use name::NameTokens;
pub use role::role_of;
pub use short::stated_short_forms;

/// The names of an article in their order, without overlap.
///
/// The order of the rules matters: each works on the results of those before it.
pub fn names(article: &Labelled) -> Vec<NameTokens> {
    let mut found = Vec::new();
    for (line, labels) in article.labels.iter().enumerate() {
        let mut of_line: Vec<NameTokens> = match keyword_tail(article, line) {
            Some(of_line) => of_line,
            None => spans_of(line, labels),
        };
        for idx in 0..of_line.len() {
            cut_at_quotes(article, &mut of_line[idx]);
            let other = split_people(article, &mut of_line[idx]);
            of_line.extend(other);
        }
        of_line.iter_mut().for_each(|it| cut_title(article, it));
        let n_tokens = article.lines[line].tokens.len();
        let mut taken = Taken::by(&of_line, n_tokens);
        for it in &mut of_line {
            if is_facility(article, it, &taken) {
                it.first -= 1;
                it.kind = EntityKind::Place;
                taken.add(it.first);
            }
        }
        for idx in 0..of_line.len() {
            let place = cut_person(article, &mut of_line[idx]);
            cut_no_person(article, &mut of_line[idx]);
            cut_calling(article, &mut of_line[idx]);
            cut_at_small_words(article, &mut of_line[idx]);
            cut_state_body(article, &mut of_line[idx]);
            cut_part(article, &mut of_line[idx]);
            cut_proclitic(article, &mut of_line[idx]);
            cut_origin(article, &mut of_line[idx]);
            let seat = cut_seat(article, &mut of_line[idx]);
            go_on_for(article, &mut of_line[idx]);
            place_behind_dash(article, &mut of_line[idx]);
            cut_epithet(article, &mut of_line[idx]);
            whole_city(article, &mut of_line[idx]);
            of_line.extend(place.into_iter().chain(seat));
        }
        let mut taken = Taken::by(&of_line, n_tokens);
        for it in &mut of_line {
            it.first = name_before_daughter(article, it, &taken);
            taken.add(it.first);
        }
        of_line.retain(|it| {
            it.first < it.end && !is_blessing(article, it) && !is_sector(article, it) && !is_of_event(article, it)
        });
        of_line.retain(|it| !is_adjective(article, it) && !is_brand(article, it) && !is_dynasty(article, it));
        of_line
            .retain(|it| !is_hashtag(article, it) && !is_office_or_contest(article, it) && !is_no_person(article, it));
        let is_name = |it: &NameTokens| it.end - it.first <= LONGEST_NAME;
        let mut of_line: BTreeSet<NameTokens> = of_line.into_iter().filter(is_name).collect();
        add_known(article, line, &mut of_line);
        make_whole(article, line, &mut of_line);
        add_people(article, line, &mut of_line);
        add_state_bodies(article, line, &mut of_line);
        add_particular_bodies(article, line, &mut of_line);
        add_led(article, line, &mut of_line);
        add_short_forms(article, line, &mut of_line);
        add_rare_places(article, line, &mut of_line);
        of_line.retain(|it| !is_no_person(article, it));
        found.extend(of_line);
    }
    drop_moon(article, &mut found);
    add_repeated(article, &mut found);
    found.sort();
    found
}
