//! The word forms of many articles, with what each adds to the scores of its own position and its neighbours'.
//!
//! Most words of an article were in the ones before it, and looking a form's features up is most of the work.

use std::borrow::Borrow;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use super::feature::{Form, OFFSETS};
use super::model::{Model, Sum};
use super::network::{Hidden, N_PLACES, traits};
use super::token::TokenKind;

/// The number of positions around a token from which a form is seen.
pub const N_OFFSETS: usize = 7;

/// With more forms than this, some are forgotten: they take some 50 MB. News of many outlets has so many in 4,000 articles; of
/// the tokens of the next ones 19 of 20 are among them.
pub const MOST_FORMS: usize = 1 << 17;
/// Forms are forgotten by parts of this number, and threads that look forms up wait for each other as rarely.
const N_PARTS: usize = 64;

/// A word form, by reference.
#[derive(Clone, Debug)]
pub struct KnownForm(Arc<Known>);

#[derive(Debug)]
struct Known {
    form: Form,
    /// The sum of weights at each of [`OFFSETS`]: of some 30 features of one byte each.
    sums: [[i16; size_of::<Sum>() / size_of::<i32>()]; N_OFFSETS],
    /// The sums in the hidden layer, if the model has one.
    hidden: Option<Arc<[Hidden; N_PLACES]>>,
}

impl Borrow<Form> for KnownForm {
    fn borrow(&self) -> &Form {
        &self.0.form
    }
}

impl KnownForm {
    /// Adds the weights of the form, seen from the position with this place in [`OFFSETS`].
    pub fn add(&self, offset_idx: usize, sum: &mut Sum) {
        for (sum, part) in sum.iter_mut().zip(&self.0.sums[offset_idx]) {
            *sum += i32::from(*part);
        }
    }

    /// The sums in the hidden layer at a place.
    pub fn hidden(&self, place: usize) -> Option<&Hidden> {
        self.0.hidden.as_ref().map(|it| &it[place])
    }
}

/// The forms that all threads know of a model.
#[derive(Debug)]
pub struct KnownForms {
    /// By parts of the hash of the written form.
    parts: [RwLock<FxHashMap<u64, KnownForm>>; N_PARTS],
    /// By traits, which many forms share.
    hidden: RwLock<FxHashMap<u64, Arc<[Hidden; N_PLACES]>>>,
}

impl Default for KnownForms {
    fn default() -> Self {
        Self {
            parts: std::array::from_fn(|_| RwLock::default()),
            hidden: RwLock::default(),
        }
    }
}

impl KnownForms {
    /// What is known of a form, by the hash of how it is written. A panic elsewhere cannot leave half a form there.
    pub fn find(&self, hash: u64, written: &str, kind: TokenKind, model: &Model<'_>) -> KnownForm {
        let part = &self.parts[hash as usize % N_PARTS];
        if let Some(known) = part.read().unwrap_or_else(PoisonError::into_inner).get(&hash) {
            return known.clone();
        }
        let form = Form::new(written, kind, &model.lexicon);
        let sums = std::array::from_fn(|idx| {
            let mut sum = Sum::default();
            let offset = *OFFSETS.start() + idx as i32;
            form.features(offset, |feature, _| model.add(feature, &mut sum));
            sum.map(|it| it as i16)
        });
        let hidden = self.hidden(&form, model);
        let known = KnownForm(Arc::new(Known { form, sums, hidden }));
        let mut part = part.write().unwrap_or_else(PoisonError::into_inner);
        if MOST_FORMS / N_PARTS <= part.len() {
            part.clear();
        }
        part.insert(hash, known.clone());
        known
    }

    fn hidden(&self, form: &Form, model: &Model<'_>) -> Option<Arc<[Hidden; N_PLACES]>> {
        let network = model.network.as_ref()?;
        let traits = traits(form);
        if let Some(known) = self.hidden.read().unwrap_or_else(PoisonError::into_inner).get(&traits) {
            return Some(Arc::clone(known));
        }
        let sums = Arc::new(network.sums(form));
        let mut known = self.hidden.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(traits, Arc::clone(&sums));
        Some(sums)
    }
}
