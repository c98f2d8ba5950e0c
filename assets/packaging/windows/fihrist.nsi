; Installs Fihrist for one user of Windows; no administrator is asked. .ci/package/windows says how it is made:
; makensis -DVERSION=… -DROOT=the repository -DEXE=… -DTHIRD_PARTY=… -DOUT=… fihrist.nsi
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Fihrist"
!define FOLDER_MENU "Software\Classes\Directory\shell\Fihrist"

Name "$(NAME)"
OutFile "${OUT}"
RequestExecutionLevel user
ManifestDPIAware true
InstallDir "$LOCALAPPDATA\Programs\Fihrist"
InstallDirRegKey HKCU "Software\Fihrist" "InstallDir"
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 "ProductName" "Fihrist"
VIAddVersionKey /LANG=1033 "FileDescription" "Fihrist setup"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "MIT OR Apache-2.0"

!define MUI_ICON "${ROOT}\assets\icon\fihrist.ico"
!define MUI_UNICON "${ROOT}\assets\icon\fihrist.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\fihrist.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The first one is taken where the system's language is neither.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Arabic"

LangString NAME ${LANG_ENGLISH} "Fihrist"
LangString NAME ${LANG_ARABIC} "فهرست"
LangString OPEN ${LANG_ENGLISH} "Open in Fihrist"
LangString OPEN ${LANG_ARABIC} "افتح في فهرست"

Section
  ; An earlier installation may have had the other language.
  ReadRegStr $0 HKCU "Software\Fihrist" "Shortcut"
  StrCmp $0 "" +2
    Delete "$0"
  SetOutPath "$INSTDIR"
  File "/oname=fihrist.exe" "${EXE}"
  File "/oname=LICENSE.txt" "${ROOT}\LICENSE"
  File "/oname=THIRD-PARTY.txt" "${THIRD_PARTY}"
  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\fihrist.exe"
  ; In the menu of a folder.
  WriteRegStr HKCU "${FOLDER_MENU}" "" "$(OPEN)"
  WriteRegStr HKCU "${FOLDER_MENU}" "Icon" "$INSTDIR\fihrist.exe"
  WriteRegStr HKCU "${FOLDER_MENU}\command" "" '"$INSTDIR\fihrist.exe" "%1"'
  WriteRegStr HKCU "Software\Fihrist" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Fihrist" "Shortcut" "$SMPROGRAMS\$(NAME).lnk"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(NAME)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\fihrist.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Fihrist authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  ; Indexes, settings and corrections of the user stay.
  ReadRegStr $0 HKCU "Software\Fihrist" "Shortcut"
  StrCmp $0 "" +2
    Delete "$0"
  Delete "$INSTDIR\fihrist.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\THIRD-PARTY.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${FOLDER_MENU}"
  DeleteRegKey HKCU "Software\Fihrist"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
