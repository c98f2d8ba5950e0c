//! Whether the system's own windows are light or dark, where the window's library does not know: on Linux desktops, which
//! tell it by their portal (XDG Desktop Portal, `org.freedesktop.portal.Settings`, key `color-scheme`).

use zbus::export::ordered_stream::OrderedStreamExt as _;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy};

use crate::state::SystemTheme;

const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// Tells the system's theme now and whenever it changes, until the desktop ends. An error says that there is no desktop that
/// tells it.
pub fn watch_system_theme(send: impl Fn(SystemTheme)) -> zbus::Result<()> {
    pollster::block_on(watch(send))
}

async fn watch(send: impl Fn(SystemTheme)) -> zbus::Result<()> {
    let connection = Connection::session().await?;
    let settings = Proxy::new(
        &connection,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
    )
    .await?;
    let mut changes = settings.receive_signal("SettingChanged").await?;
    // Portals before version 2 know only the older one.
    let value: zbus::Result<OwnedValue> = settings.call("ReadOne", &(NAMESPACE, KEY)).await;
    let value: OwnedValue = match value {
        Err(zbus::Error::MethodError(..)) => settings.call("Read", &(NAMESPACE, KEY)).await?,
        value => value?,
    };
    send(theme_of(&value));
    while let Some(change) = changes.next().await {
        let (namespace, key, value): (String, String, OwnedValue) = change.body().deserialize()?;
        if namespace == NAMESPACE && key == KEY {
            send(theme_of(&value));
        }
    }
    Ok(())
}

/// The theme that a value of the key says: 1 prefers dark, 2 light, 0 has no preference. The older method wraps it twice.
fn theme_of(value: &Value<'_>) -> SystemTheme {
    match value {
        Value::Value(inner) => theme_of(inner),
        Value::U32(1) => SystemTheme::Dark,
        _ => SystemTheme::Light,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_dark_however_it_is_wrapped() {
        let dark = Value::U32(1);
        assert_eq!(theme_of(&dark), SystemTheme::Dark);
        assert_eq!(theme_of(&Value::Value(Box::new(dark))), SystemTheme::Dark);
        for other in [Value::U32(0), Value::U32(2), Value::from("dark")] {
            assert_eq!(theme_of(&other), SystemTheme::Light);
        }
    }
}
