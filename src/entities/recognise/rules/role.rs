//! What an article says that a person is: «نائب وزير الخارجية الروسي».
//!
//! A role is an office or a title of this person, not the words before the name: neither another's office, «مدرب ألمانيا
//! مهاجم شتوتغارت غوميز», nor what was done, «من تأليف فلان».

use crate::entities::EntityKind;
use crate::entities::head::HEADS;
use crate::entities::tagger::{Form, Labelled, TokenKind, clitics, hash_of, list};
use crate::entities::vocabulary::{
    ACTING, ADDRESSES, ENDS, FORMER, NO_OFFICES, OFFICES, PLAYERS, ROLE_ENDINGS, WITHIN_ROLES,
};

use super::name::{NameTokens, around, has_trigger};

/// The tokens that say what a person is: «نائب وزير الخارجية الروسي» before or after the name.
///
/// An office after the name says more than a title before it: of «اللواء خليل بدران، مدير الشرطة», it is the office.
///
/// What stands before «و» and the name is another's, as is what stands before «ل» and «ب»: `is_joined` says that the name
/// has a clitic. `found` has all names of the article in their order.
pub fn role_of(
    article: &Labelled,
    found: &[NameTokens],
    person: &NameTokens,
    is_joined: bool,
) -> Option<(usize, usize)> {
    let line = Line {
        article,
        found,
        line: person.line,
    };
    let before = if is_joined { None } else { line.role_before(person) };
    let is_title = before.is_none_or(|(first, end)| first + 1 == end);
    let behind = if is_title { line.role_behind(person) } else { None };
    behind.or(before)
}

/// How many words a role has at most; the longest seen are «عضو المجلس التنفيذي لإمارة الشارقة رئيس هيئة الإنماء التجاري
/// والسياحي».
const MAX_ROLE: usize = 12;

/// A line of an article, with the names of all lines.
struct Line<'a> {
    article: &'a Labelled,
    found: &'a [NameTokens],
    line: usize,
}

impl<'a> Line<'a> {
    fn form(&self, at: usize) -> Option<&'a Form> {
        self.article.form(self.line, at)
    }

    fn role_before(&self, person: &NameTokens) -> Option<(usize, usize)> {
        let mut end = self.before_addresses(person.first)?;
        let last = self.form(end.checked_sub(1)?)?;
        // «الرئيس المختار ولد داداه»: the model missed the beginning of the name.
        if last.entry.lists & list::GIVEN_NAME != 0 && !self.begins(end - 1, last) {
            end -= 1;
        }
        // «المتحدث باسم نتنياهو» is somebody else, as is who stands before «والأوروغوياني خوليو ماغوليوني».
        let is_behind_nisba = end
            .checked_sub(2)
            .and_then(|at| self.form(at))
            .is_some_and(Form::is_like_nisba);
        let is_nisba = last.entry.lists & list::NISBA != 0
            || last.is_like_nisba() && last.has_article && !has_trigger(last, "title") && !is_behind_nisba;
        let is_another = clitic(last).ends_with('و') && is_nisba;
        if last.word == hash_of("باسم") || is_another && !last.is_feminine_nisba() {
            return None;
        }
        let mut first: Option<usize> = None;
        for at in (end.saturating_sub(MAX_ROLE)..end).rev() {
            let Some(form) = self.form(at).filter(|it| it.kind == TokenKind::Arabic) else {
                break;
            };
            let begins = self.begins(at, form);
            if self.is_person(at) || is_time(form) || !begins && self.is_beside(at, form) {
                break;
            }
            if begins && !first.is_none_or(|later| self.is_one_role(at, later, end)) {
                break;
            }
            if begins {
                first = Some(at);
            }
            if !begins && !self.goes_on(at) && !is_within_role(form) {
                break;
            }
            // «وقال الرئيس»: what stands before a clitic belongs to something else.
            if begins && form.clitic != 0 {
                break;
            }
        }
        let first = first?;
        // «سالم القضامي: مساعد مدرب، مراد السلمي: مدرب حراس»: of a list, what stands behind a name is what he is.
        let is_colon = |at: usize| self.form(at).is_some_and(|it| it.word == hash_of(":"));
        let is_in_list = first.checked_sub(1).is_some_and(is_colon) && is_colon(person.end);
        // «حرم صاحب السمو حاكم الشارقة الشيخة جواهر»: the ruler is not named.
        let is_highness = first
            .checked_sub(1)
            .and_then(|at| self.form(at))
            .is_some_and(|it| it.bare == hash_of("السمو"));
        self.without_title(first, end).filter(|_| !is_in_list && !is_highness)
    }

    /// Where forms of address before a name begin: «السيد», «الدكتور». `None` if what is before them belongs to another.
    fn before_addresses(&self, name: usize) -> Option<usize> {
        let mut end = name;
        while let Some(at) = end.checked_sub(1)
            && let Some(address) = self.form(at).filter(|it| is_address(it))
        {
            end = at;
            if address.clitic != 0 {
                return None;
            }
        }
        Some(end)
    }

    /// Whether a role begins with a token.
    fn begins(&self, at: usize, form: &Form) -> bool {
        let next = self.form(at + 1);
        // «الفريق الأول» are players; «الفريق أول» is a general.
        let before = at.checked_sub(1).and_then(|before| self.form(before));
        let is_team = form.bare == hash_of("الفريق")
            && (next.is_some_and(|it| it.has_article && !has_trigger(it, "title")) && !self.is_person(at + 1)
                || before.is_some_and(|it| it.word == hash_of("في")));
        let is_in_name = self.named(at).is_some_and(|it| it.kind == EntityKind::Organisation);
        (is_office(form) || has_trigger(form, "title") && !is_address(form) && !is_no_office(form))
            && !is_team
            && !is_in_name
    }

    /// Whether an office or a title goes on with a later one, and is not another man's: «نائب الرئيس», «نائب رئيس الدولة
    /// رئيس مجلس الوزراء», «الأمين العام للمجلس المستشار»; not «أبلغ الرئيس وزير الدفاع». The role ends before `end`.
    fn is_one_role(&self, at: usize, later: usize, end: usize) -> bool {
        let (Some(form), Some(next)) = (self.form(at), self.form(later)) else {
            return false;
        };
        let is_adjacent = at + 1 == later;
        if form.has_article {
            let speaks = self.form(at + 1).is_some_and(|it| WITHIN_ROLES.contains(&it.word));
            let is_office = is_office(form) && later + 1 == end;
            return speaks || next.has_article && (is_adjacent || is_office);
        }
        let is_player = |it: &Form| PLAYERS.contains(&it.bare);
        is_adjacent || next.has_article || !is_player(form) && !is_player(next)
    }

    /// A role that begins at `first`, without the rank or the calling between it and the name: of «رئيس الأركان الفريق», the
    /// office. A word alone is one if it is definite: «الرئيس», but not «ولي» and «نجم».
    fn without_title(&self, first: usize, mut end: usize) -> Option<(usize, usize)> {
        let is_definite = |at: usize| self.form(at).is_some_and(|it| it.has_article) || self.named(at).is_some();
        let is_title = |at: usize| {
            let form = self.form(at);
            form.is_some_and(|it| it.has_article && has_trigger(it, "title") && !is_office(it))
        };
        let is_of_office = !is_definite(first) || self.form(first).is_some_and(is_office);
        // «الشاعرة الهنوف محمد»: behind a title stand adjectives only, and what is none begins the name.
        let goes_on = |at: usize| {
            self.form(at).is_some_and(|it| {
                it.is_like_nisba()
                    || FORMER.contains(&it.word)
                    || ROLE_ENDINGS.contains(&it.word)
                    || is_address(it)
                    || has_trigger(it, "title")
                    || clitic(it) == "و"
            })
        };
        if !is_of_office && let Some(at) = (first + 1..end).find(|at| !goes_on(*at)) {
            end = at;
        }
        while is_of_office
            && first + 2 < end
            && is_title(end - 1)
            && is_definite(end - 2)
            && self.named(end - 1).is_none()
        {
            end -= 1;
        }
        // «الأمين» alone is a name.
        let is_role = 2 <= end - first || is_definite(first) && self.form(first)?.bare != hash_of("الامين");
        is_role.then_some((first, end))
    }

    fn role_behind(&self, person: &NameTokens) -> Option<(usize, usize)> {
        let is_mark = |at: usize, mark: &str| self.form(at).is_some_and(|it| it.word == hash_of(mark));
        let first = person.end + usize::from(is_mark(person.end, "،"));
        let form = self.form(first).filter(|it| it.clitic == 0 && !it.has_article)?;
        // «أمين مدير عام الشركة»: the end of a name.
        let is_name = form.entry.lists & list::GIVEN_NAME != 0 && self.form(first + 1).is_some_and(is_office);
        if !is_office(form) || self.is_person(first) || is_name {
            return None;
        }
        let is_player = PLAYERS.contains(&form.bare);
        // What may be the last word of a role, and words that need another after them: «نائب رئيس مجلس إدارة البنك».
        let mut end = first + 1;
        let mut at = first + 1;
        while at < first + MAX_ROLE {
            let quote = usize::from(is_mark(at, "\""));
            if let Some(named) = self.named(at + quote).filter(|it| quote == 0 || it.first == at + 1) {
                // «ولي عهد دبي ومؤسسة الإمارات»: something else.
                let is_more = self.form(at).is_some_and(|it| clitic(it).starts_with('و'));
                if is_more && named.first == at && !is_player {
                    break;
                }
                let opens = quote == 1 || (named.first..named.end).any(|it| is_mark(it, "\""));
                at = named.end + usize::from(opens && is_mark(named.end, "\""));
                end = at;
                continue;
            }
            let Some(form) = self.form(at).filter(|it| it.kind == TokenKind::Arabic) else {
                break;
            };
            let is_office = is_office(form) && form.clitic == 0;
            let is_purpose = self.is_purpose(at, form);
            if !self.stays(at, form, is_player)
                || !(is_office || form.has_article || is_within_role(form) || is_purpose)
            {
                break;
            }
            at += 1;
            if form.has_article || ROLE_ENDINGS.contains(&form.word) {
                end = at;
            }
        }
        // «… وزير الخارجية سامي العامري»: it is that of the name behind it.
        let is_others = self
            .found_at(end)
            .is_some_and(|it| it.kind == EntityKind::Person && it.first == end)
            && self.form(end).is_some_and(|it| it.clitic == 0);
        (first + 1 < end && !is_others).then_some((first, end))
    }

    /// Whether a token behind the first of a role can be part of it, if it is a word that stands in one.
    fn stays(&self, at: usize, form: &Form, is_player: bool) -> bool {
        let last = self.form(at - 1);
        let is_behind_definite = last.is_some_and(|it| it.has_article) || self.named(at - 1).is_some();
        // «رئيس المجلس والدكتور فلان», «رئيس اللجنة الأمين العام للأمم المتحدة»: another begins.
        let is_another = is_address(form) && form.clitic != 0
            || (form.clitic != 0 || form.has_article)
                && is_behind_definite
                && (has_trigger(form, "title") || OFFICES.contains(&form.bare) && form.has_article);
        let is_of_player = is_player && form.clitic != 0 && clitic(form) != "و";
        let is_behind_nisba = last.is_some_and(|it| it.entry.lists & list::NISBA != 0 && it.has_article);
        // «نجم إيفرتون الإنجليزي المونديال», «كابتن ميلان القميص»: the sentence goes on.
        let is_after_all = (is_behind_nisba || self.named(at - 1).is_some())
            && form.has_article
            && form.clitic == 0
            && !form.is_like_nisba()
            && !FORMER.contains(&form.word);
        // «مستشار حاكم دبي للشؤون الثقافية»: what the adviser is for.
        let is_advisers =
            form.word == hash_of("للشوون") && self.named(at - 1).is_some_and(|it| it.kind == EntityKind::Place);
        !(self.is_person(at)
            || is_advisers
            || is_another
            || is_of_player
            || is_after_all
            || is_time(form)
            || self.is_beside(at, form))
    }

    /// Whether a word begins what an institution is for: «رئيس الرابطة العربية لجمعيات العناية», «رئيس المجلس الدولي لكتب
    /// اليافعين»; not what somebody told a newspaper, «رئيس الرابطة العربية لصحيفة الخليج».
    fn is_purpose(&self, at: usize, form: &Form) -> bool {
        let is_of_institution =
            |it: &Form| it.has_article && (it.is_feminine_nisba() || FORMER.contains(&it.word) && it.is_like_nisba());
        clitic(form) == "ل"
            && !form.has_article
            && !HEADS.left_out.iter().any(|it| hash_of(it) == form.bare)
            && self.form(at - 1).is_some_and(is_of_institution)
            && self.form(at + 1).is_some_and(|it| it.has_article && it.clitic == 0)
    }

    /// Whether a word stands beside a role, with a preposition: «أشاد مدير الجمعية بالجهود». «بوزارة الصحة» and «بالنيابة» are
    /// part of one.
    fn is_beside(&self, at: usize, form: &Form) -> bool {
        clitic(form).ends_with(['ب', 'ك']) && self.named(at).is_none() && !ACTING.contains(&form.bare)
    }

    /// Whether a word can stand within a role: it is definite, or part of the name of an organisation or a place.
    fn goes_on(&self, at: usize) -> bool {
        self.named(at).is_some() || self.form(at).is_some_and(|it| it.has_article)
    }

    fn found_at(&self, at: usize) -> Option<&'a NameTokens> {
        around(self.found, self.line, at).next()
    }

    fn is_person(&self, at: usize) -> bool {
        around(self.found, self.line, at).any(|it| it.kind == EntityKind::Person)
    }

    /// The organisation or the place whose name has a token.
    fn named(&self, at: usize) -> Option<&'a NameTokens> {
        around(self.found, self.line, at).find(|it| it.kind != EntityKind::Person)
    }
}

/// What is attached to a word before it.
fn clitic(form: &Form) -> &'static str {
    clitics()[usize::from(form.clitic)].text
}

/// Whether an indefinite word stands in the middle of roles: «نائب رئيس مجلس إدارة البنك», «وزير شؤون الرئاسة», «وكيل
/// الوزارة لشؤون السياسات».
fn is_within_role(form: &Form) -> bool {
    let is_within = WITHIN_ROLES.contains(&form.bare) && matches!(clitic(form), "" | "ل");
    is_within || form.clitic == 0 && (has_trigger(form, "organisation_head") || ROLE_ENDINGS.contains(&form.word))
}

/// Whether a word says what office a person holds.
fn is_office(form: &Form) -> bool {
    (has_trigger(form, "office") || OFFICES.contains(&form.bare)) && !is_no_office(form)
}

/// «تأليف» and the like.
fn is_no_office(form: &Form) -> bool {
    NO_OFFICES.contains(&form.bare)
}

/// Whether a word says when something happened, which no role does: «اليوم الخميس».
fn is_time(form: &Form) -> bool {
    let is_year = [hash_of("عام"), hash_of("سنه")].contains(&form.word);
    has_trigger(form, "date") && !is_year || ENDS.contains(&form.word)
}

/// Whether a word before a name is how one speaks to or of a person, rather than what he or she is.
fn is_address(form: &Form) -> bool {
    ADDRESSES.contains(&form.bare)
}
