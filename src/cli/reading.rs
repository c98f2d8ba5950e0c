//! `fihrist reading`: corrects how files are read.

use std::io::{self, Write as _};

use super::args::ReadingArgs;
use super::error::CliError;
use super::open::{Context, Outcome, check_folder};
use super::shown::{Shown, shown_path};
use crate::archive::{Reading, ReadingRule};
use crate::work::InUse;

pub(super) fn reading(ctx: &Context, args: ReadingArgs) -> Result<Outcome, CliError> {
    let (folder, as_json) = (args.folder.clone(), args.json);
    check_folder(ctx, &folder)?;
    let file = ctx.data_dir.reading_file(&folder);
    let reading = match args.files {
        // Nobody forgets the archive meanwhile.
        Some(files) => {
            let _in_use = InUse::enter(&ctx.data_dir, &folder)?;
            let rule = ReadingRule {
                files,
                encoding: args.encoding,
                format: args.format,
                fields: args.fields.into_iter().collect(),
            };
            let edit = |reading: &mut Reading| change(reading, rule, args.remove);
            ctx.data_dir.edit_reading(&folder, edit)?
        }
        None => ctx.data_dir.load_reading(&folder)?,
    };
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{}", reading.to_json())?;
    } else {
        write_rules(&mut out, &reading)?;
        writeln!(out, "kept in {}", shown_path(&file))?;
    }
    Ok(Outcome::Whole)
}

/// Adds or removes the rule that was typed.
fn change(reading: &mut Reading, rule: ReadingRule, remove: bool) -> Result<(), CliError> {
    if remove {
        return match reading.remove(&rule.files) {
            true => Ok(()),
            false => Err(CliError::NoRule { files: rule.files }),
        };
    }
    if rule.encoding.is_none() && rule.format.is_none() && rule.fields.is_empty() {
        return Err(CliError::EmptyRule);
    }
    Ok(reading.set(rule)?)
}

fn write_rules(out: &mut impl io::Write, reading: &Reading) -> io::Result<()> {
    for rule in &reading.rules {
        write!(out, "{}:", Shown(&rule.files))?;
        if let Some(encoding) = &rule.encoding {
            write!(out, " encoding {}", Shown(encoding))?;
        }
        if let Some(format) = rule.format {
            write!(out, " format {format}")?;
        }
        for (name, role) in &rule.fields {
            write!(out, " {}={}", Shown(name), role.name())?;
        }
        writeln!(out)?;
    }
    Ok(())
}
