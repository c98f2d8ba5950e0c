//! What the user knows better: corrections of which names are one entity.
//!
//! A correction names entities by their ids, and these by names, so that it holds after the archive was read again and
//! on a colleague's computer. Corrections are applied in their order to what was resolved; taking one back is leaving it
//! out. The later of two that contradict each other holds.

use super::{EntityId, EntityKind};

/// One thing that the user knows better.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(tag = "correction", rename_all = "snake_case")]
pub enum Correction {
    /// Two entities are one.
    Merge {
        /// This one goes into the other …
        from: EntityId,
        /// … whose name and kind hold.
        into: EntityId,
    },
    /// A spelling is another entity.
    Split {
        /// The entity that it was counted to.
        from: EntityId,
        /// The spelling, as listed among the entity's aliases.
        spelling: String,
    },
    /// The entity is to be shown under another name.
    Rename {
        /// The entity to be renamed.
        entity: EntityId,
        /// What is shown from now on.
        name: String,
    },
    /// The entity is another kind of thing.
    SetKind {
        /// The entity that was taken for another kind.
        entity: EntityId,
        /// What it really is.
        kind: EntityKind,
    },
    /// What was found is not an entity: it is neither listed nor counted.
    Hide {
        /// What was found and names nothing.
        entity: EntityId,
    },
    /// Two entities are never taken for one.
    KeepApart {
        /// One of them.
        a: EntityId,
        /// The other.
        b: EntityId,
    },
}

/// The corrections of an archive, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Corrections {
    version: CorrectionsVersion,
    corrections: Vec<Correction>,
}

/// The version of the file of corrections; there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct CorrectionsVersion;

/// A file of corrections of a later program.
#[derive(Debug, thiserror::Error)]
#[error("version {0} is not known here")]
struct UnknownVersion(u32);

impl TryFrom<u32> for CorrectionsVersion {
    type Error = UnknownVersion;

    fn try_from(version: u32) -> Result<Self, UnknownVersion> {
        match version {
            1 => Ok(Self),
            _ => Err(UnknownVersion(version)),
        }
    }
}

impl From<CorrectionsVersion> for u32 {
    fn from(_: CorrectionsVersion) -> Self {
        1
    }
}

/// What came of importing another's corrections.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ImportReport {
    /// How many were new and hold now.
    pub added: usize,
    /// How many one had made already.
    pub known: usize,
    /// Those that contradict one of one's own, which holds: first theirs, then one's own.
    pub conflicts: Vec<(Correction, Correction)>,
}

/// A file of corrections that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("these are no corrections: {0}")]
pub struct CorrectionsError(#[from] serde_json::Error);

impl Corrections {
    /// Reads what [`Corrections::to_json`] wrote.
    pub fn from_json(json: &str) -> Result<Self, CorrectionsError> {
        Ok(serde_json::from_str(json)?)
    }

    /// Readable JSON: a version, then the corrections in their order.
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to be written: no maps, no numbers but the version.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The corrections in the order in which they were made.
    pub fn all(&self) -> &[Correction] {
        &self.corrections
    }

    /// Adds a correction; false if it is the newest of its kind for its entities already, so that nothing changes.
    pub fn add(&mut self, correction: Correction) -> bool {
        let newest = self
            .corrections
            .iter()
            .rev()
            .find(|it| **it == correction || it.contradicts(&correction));
        if newest == Some(&correction) {
            return false;
        }
        self.corrections.push(correction);
        true
    }

    /// Takes back the correction at a place of [`Corrections::all`]; nothing if there is none.
    pub fn remove(&mut self, idx: usize) -> Option<Correction> {
        (idx < self.corrections.len()).then(|| self.corrections.remove(idx))
    }

    /// Adds another's corrections in their order behind one's own. Where they contradict one's own, these hold.
    pub fn import(&mut self, theirs: &Self) -> ImportReport {
        let mut report = ImportReport::default();
        let mine = self.corrections.clone();
        for correction in &theirs.corrections {
            if mine.contains(correction) {
                report.known += 1;
            } else if let Some(own) = mine.iter().rev().find(|own| own.contradicts(correction)) {
                report.conflicts.push((correction.clone(), own.clone()));
            } else if self.add(correction.clone()) {
                report.added += 1;
            } else {
                report.known += 1;
            }
        }
        report
    }

    /// Whether a correction has no effect because of a later one.
    pub(super) fn is_overruled(&self, idx: usize) -> bool {
        let it = &self.corrections[idx];
        self.corrections[idx + 1..].iter().any(|later| later.contradicts(it))
    }
}

impl Correction {
    /// The entities that it names, in the order of its fields.
    pub fn entities(&self) -> Vec<&EntityId> {
        match self {
            Self::Merge { from, into } => vec![from, into],
            Self::Split { from, .. } => vec![from],
            Self::Rename { entity, .. } | Self::SetKind { entity, .. } | Self::Hide { entity } => vec![entity],
            Self::KeepApart { a, b } => vec![a, b],
        }
    }

    /// Whether both cannot hold.
    fn contradicts(&self, other: &Self) -> bool {
        let is_pair = |a: &EntityId, b: &EntityId, c: &EntityId, d: &EntityId| (a, b) == (c, d) || (a, b) == (d, c);
        match (self, other) {
            (Self::Merge { from, into }, Self::KeepApart { a, b })
            | (Self::KeepApart { a, b }, Self::Merge { from, into }) => is_pair(from, into, a, b),
            (Self::Merge { from, into }, Self::Merge { from: b, into: a }) => from == a && into == b,
            (
                Self::Rename { entity, name },
                Self::Rename {
                    entity: other,
                    name: others,
                },
            ) => entity == other && name != others,
            (
                Self::SetKind { entity, kind },
                Self::SetKind {
                    entity: other,
                    kind: others,
                },
            ) => entity == other && kind != others,
            (Self::Hide { entity }, Self::Rename { entity: other, .. } | Self::SetKind { entity: other, .. })
            | (Self::Rename { entity: other, .. } | Self::SetKind { entity: other, .. }, Self::Hide { entity }) => {
                entity == other
            }
            (Self::Hide { entity }, Self::Merge { from, into })
            | (Self::Merge { from, into }, Self::Hide { entity }) => entity == from || entity == into,
            _ => false,
        }
    }
}
