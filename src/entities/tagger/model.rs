//! The model file: everything that recognition needs, used in place without parsing.
//!
//! ```text
//! magic        8 bytes          "FIHRIST" and 0
//! version      u32              of this layout
//! templates    u32              of the features, see feature::TEMPLATES
//! checksum     u64              xxh3 of all that follows
//! scale        f32              the value of a weight of 1
//! transitions  2 × 8 × 7 f32    of the first and of the second pass
//! lengths      5 × u32          of the parts that follow
//! notice       text             the licences of what the model was made of
//! lexicon, phrases, weights     tables, see the module table
//! hidden layer                  see the module network; may be empty
//! ```
//!
//! All numbers are little-endian. A record of the weights is a fingerprint of two bytes and six weights of one byte,
//! for all labels but the first, whose weight is always 0: adding a constant to all labels changes no labelling.

use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::table::{Table, table_bytes};

use super::decode::{N_LABELS, Scores, Transitions};
use super::feature::TEMPLATES;
use super::lexicon::{Phrases, TaggerLexicon};
use super::network::Network;

const MAGIC: &[u8; 8] = b"FIHRIST\0";
const VERSION: u32 = 2;
const N_WEIGHTS: usize = N_LABELS - 1;
const N_TRANSITIONS: usize = (N_LABELS + 1) * N_LABELS;

/// Why bytes are not a usable model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Another kind of file.
    #[error("this is not a model of Fihrist")]
    NotAModel,
    /// Made by another version of the program.
    #[error(
        "the model has layout {layout} and features {templates}, this program reads {VERSION} and {TEMPLATES}: train it again"
    )]
    Version {
        /// The layout of the file.
        layout: u32,
        /// The set of features of the file.
        templates: u32,
    },
    /// Cut off or changed.
    #[error("the model is damaged: its checksum does not match its contents")]
    Damaged,
}

/// A model, borrowing the bytes of its file.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Single words.
    pub lexicon: TaggerLexicon<'a>,
    /// Known names of several words.
    pub phrases: Phrases<'a>,
    /// Of the first and of the second pass.
    pub transitions: [Transitions; 2],
    /// The value of a weight of 1.
    pub scale: f32,
    /// The hidden layer, which a model may do without.
    pub network: Option<Network<'a>>,
    weights: Table<'a, 8, 2>,
}

/// The sum of the weights of features, in units of [`Model::scale`].
pub type Sum = [i32; N_WEIGHTS];

impl<'a> Model<'a> {
    /// Checks the bytes of a model file and finds its parts.
    pub fn new(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut rest = Reader(bytes);
        if rest.take(8) != Some(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let (layout, templates) = (rest.u32()?, rest.u32()?);
        if layout != VERSION || templates != TEMPLATES {
            return Err(ModelError::Version { layout, templates });
        }
        let checksum = rest.array::<8>().map(u64::from_le_bytes)?;
        if xxh3_64(rest.0) != checksum {
            return Err(ModelError::Damaged);
        }
        let scale = rest.f32()?;
        let mut transitions = [[[0.0; N_LABELS]; N_LABELS + 1]; 2];
        for it in transitions.iter_mut().flatten().flatten() {
            *it = rest.f32()?;
        }
        let lengths = [rest.u32()?, rest.u32()?, rest.u32()?, rest.u32()?, rest.u32()?];
        let mut part = |idx: usize| rest.take(lengths[idx] as usize).ok_or(ModelError::Damaged);
        // The notice is for people who open the file.
        let (_, lexicon, phrases, weights, network) = (part(0)?, part(1)?, part(2)?, part(3)?, part(4)?);
        Ok(Self {
            lexicon: TaggerLexicon::new(lexicon),
            phrases: Phrases::new(phrases),
            transitions,
            scale,
            network: Network::new(network),
            weights: Table::new(weights),
        })
    }

    /// Adds the weights of a feature.
    pub fn add(&self, feature: u64, sum: &mut Sum) {
        if let Some(record) = self.weights.find(feature) {
            for (sum, weight) in sum.iter_mut().zip(&record[2..]) {
                *sum += i32::from(*weight as i8);
            }
        }
    }

    /// Scales a sum of weights to scores.
    pub fn scores(&self, sum: &Sum) -> Scores {
        let mut scores = [0.0; N_LABELS];
        for (score, sum) in scores[1..].iter_mut().zip(sum) {
            *score = *sum as f32 * self.scale;
        }
        scores
    }
}

/// The parts of a model file, to be written.
#[derive(Clone, Debug, Default)]
pub struct ModelParts {
    /// The licences of the data that the model was made from.
    pub notice: String,
    /// From [`super::lexicon::lexicon_bytes`].
    pub lexicon: Vec<u8>,
    /// From [`super::lexicon::phrase_bytes`].
    pub phrases: Vec<u8>,
    /// See [`Model::transitions`].
    pub transitions: [Transitions; 2],
    /// Hashes of features, with their weights for all labels but the first.
    pub weights: Vec<(u64, [f32; N_WEIGHTS])>,
    /// The hidden layer, from [`super::network::NetworkParts::to_bytes`]; empty for none.
    pub network: Vec<u8>,
}

impl ModelParts {
    /// The bytes of the file. Keeps at most `max_features` features, those with the greatest weights.
    pub fn to_bytes(&self, max_features: usize) -> Vec<u8> {
        let size = |weights: &[f32; N_WEIGHTS]| weights.iter().fold(0.0, |most: f32, it| most.max(it.abs()));
        let mut weights: Vec<(u64, [f32; N_WEIGHTS], f32)> =
            self.weights.iter().map(|(key, it)| (*key, *it, size(it))).collect();
        weights.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        weights.truncate(max_features);
        // A few weights are far greater than the rest; they are clipped so that the rest keep their precision.
        let greatest = weights.get(weights.len() / 2000).map_or(1.0, |it| it.2).max(1e-3);
        let scale = greatest / 127.0;
        let records: Vec<(u64, [u8; 8])> = weights
            .iter()
            .filter_map(|(key, it, _)| {
                let mut record = [0; 8];
                for (byte, weight) in record[2..].iter_mut().zip(it) {
                    *byte = (weight / scale).round().clamp(-127.0, 127.0) as i8 as u8;
                }
                (record != [0; 8]).then_some((*key, record))
            })
            .collect();
        let weights = table_bytes::<8, 2>(&records);

        let mut body = Vec::new();
        body.extend(scale.to_le_bytes());
        body.extend(
            self.transitions
                .iter()
                .flatten()
                .flatten()
                .flat_map(|it| it.to_le_bytes()),
        );
        let parts = [
            self.notice.as_bytes(),
            &self.lexicon,
            &self.phrases,
            &weights,
            &self.network,
        ];
        body.extend(parts.iter().flat_map(|it| (it.len() as u32).to_le_bytes()));
        parts.iter().for_each(|it| body.extend(*it));
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(TEMPLATES.to_le_bytes());
        bytes.extend(xxh3_64(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

const _: () = assert!(2 * N_TRANSITIONS == 112, "the layout in the docs above");

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n_bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n_bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)
            .and_then(|it| it.try_into().ok())
            .ok_or(ModelError::Damaged)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        self.array().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32, ModelError> {
        self.array().map(f32::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        let parts = ModelParts {
            notice: "CC0".to_owned(),
            weights: vec![(7, [1.0, -0.5, 0.0, 0.0, 0.0, 0.25])],
            ..ModelParts::default()
        };
        parts.to_bytes(10)
    }

    #[test]
    fn weights_come_back_as_they_went_in() {
        let bytes = bytes();
        let model = Model::new(&bytes).unwrap();
        let mut sum = Sum::default();
        model.add(7, &mut sum);
        model.add(8, &mut sum);
        let scores = model.scores(&sum);
        for (found, expected) in scores.iter().zip([0.0, 1.0, -0.5, 0.0, 0.0, 0.0, 0.25]) {
            assert!((found - expected).abs() < 0.01);
        }
    }

    #[test]
    fn damage_is_told_apart_from_another_version() {
        let whole = bytes();
        assert_eq!(Model::new(b"").err(), Some(ModelError::NotAModel));
        assert_eq!(Model::new(&whole[..whole.len() - 1]).err(), Some(ModelError::Damaged));
        for at in [20, 30, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            assert_eq!(Model::new(&damaged).err(), Some(ModelError::Damaged), "byte {at}");
        }
        let mut newer = whole;
        newer[8] = 99;
        let expected = ModelError::Version {
            layout: 99,
            templates: TEMPLATES,
        };
        assert_eq!(Model::new(&newer).err(), Some(expected));
    }
}
