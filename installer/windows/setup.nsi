; The Windows installer. windows_installer.py gives VERSION, PROGRAM, OUTFILE and LICENCE, and ALL_USERS or nothing.
;
;   for one user, without administrator rights:  maxo-click-to-call-VERSION-setup.exe [/S] [/D=FOLDER]
;   for all users, as administrator or SYSTEM:   maxo-click-to-call-VERSION-setup-all-users.exe [/S] [/D=FOLDER]
;
; /S asks and shows nothing; exit code 0 is success. The same again, or a later version, upgrades. Each version has a
; folder of its own: a host that a browser has running keeps its files until the browser closes it.

Unicode true
Target amd64-unicode
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "Maxo click-to-call"
!define FOLDER_NAME "Maxo click-to-call"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\MaxoClickToCall"
; All of them, whether installed or not: whoever installs a browser later has no more to do.
!define BROWSERS "--browser chrome --browser chromium --browser edge --browser brave --browser vivaldi --browser firefox"

!ifdef ALL_USERS
  RequestExecutionLevel admin
  InstallDir "$PROGRAMFILES64\${FOLDER_NAME}"
  InstallDirRegKey HKLM "${UNINSTALL_KEY}" InstallLocation
  !define SCOPE "--system"
  !define ROOT HKLM
!else
  RequestExecutionLevel user
  InstallDir "$LOCALAPPDATA\Programs\${FOLDER_NAME}"
  InstallDirRegKey HKCU "${UNINSTALL_KEY}" InstallLocation
  !define SCOPE ""
  !define ROOT HKCU
!endif

Name "${NAME}"
OutFile "${OUTFILE}"
BrandingText "${NAME} ${VERSION}"
SetCompressor /SOLID lzma
SetDateSave on
ManifestDPIAware true
ManifestSupportedOS all
ShowInstDetails show
ShowUninstDetails show
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME} setup"
VIAddVersionKey CompanyName "The Maxo click-to-call authors"
VIAddVersionKey LegalCopyright "The Maxo click-to-call authors, MIT licence"

Page license
LicenseData "${LICENCE}"
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "${NAME} needs Windows 10 or newer, 64 bits." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
!ifdef ALL_USERS
  SetShellVarContext all
!endif
FunctionEnd

Function un.onInit
  SetRegView 64
!ifdef ALL_USERS
  SetShellVarContext all
!endif
FunctionEnd

Section
  SetOutPath "$INSTDIR\${VERSION}"
  SetOverwrite ifdiff ; the same version again: what is right may be in use
  File /r "${PROGRAM}/*.*"

  DetailPrint "Making the host known to browsers"
  nsExec::ExecToLog '"$INSTDIR\${VERSION}\maxo-call.exe" register ${SCOPE} ${BROWSERS}'
  Pop $0
  ${If} $0 != 0
    MessageBox MB_ICONSTOP "The browsers could not be told of ${NAME} (code $0). Try again, or ask your administrator." /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}

  ; One place for people and scripts, whichever version is behind it.
  FileOpen $1 "$INSTDIR\maxo-call.cmd" w
  FileWrite $1 '@"%~dp0${VERSION}\maxo-call.exe" %*$\r$\n'
  FileClose $1

  Call RemoveEarlierVersions
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" DisplayName "${NAME}"
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" DisplayVersion "${VERSION}"
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" Publisher "The Maxo click-to-call authors"
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" DisplayIcon "$INSTDIR\${VERSION}\maxo-call.exe"
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" InstallLocation "$INSTDIR"
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr ${ROOT} "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD ${ROOT} "${UNINSTALL_KEY}" EstimatedSize ${SIZE_KB}
  WriteRegDWORD ${ROOT} "${UNINSTALL_KEY}" NoModify 1
  WriteRegDWORD ${ROOT} "${UNINSTALL_KEY}" NoRepair 1
SectionEnd

; Earlier versions go, but for one whose host is running: that cannot be deleted, and goes with the next upgrade.
Function RemoveEarlierVersions
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    ${If} ${FileExists} "$INSTDIR\$2\maxo-host.exe"
    ${AndIf} $2 != "${VERSION}"
      ClearErrors
      Delete "$INSTDIR\$2\maxo-host.exe"
      ${IfNot} ${Errors}
        RMDir /r "$INSTDIR\$2"
      ${EndIf}
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
FunctionEnd

Section Uninstall
  ; A browser starts no more hosts after this; those that run would hold their files.
  nsExec::ExecToLog '"$INSTDIR\${VERSION}\maxo-call.exe" unregister ${SCOPE} ${BROWSERS}'
  Pop $0
  nsExec::Exec '"$SYSDIR\taskkill.exe" /F /IM maxo-host.exe'
  Pop $0
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    ${If} ${FileExists} "$INSTDIR\$2\maxo-call.exe"
      RMDir /r "$INSTDIR\$2"
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
!ifndef ALL_USERS
  !macro REMOVE_EMPTY NAME
    RMDir "$LOCALAPPDATA\maxo-click-to-call\host-manifests\${NAME}"
  !macroend
  !insertmacro REMOVE_EMPTY chrome
  !insertmacro REMOVE_EMPTY chromium
  !insertmacro REMOVE_EMPTY edge
  !insertmacro REMOVE_EMPTY brave
  !insertmacro REMOVE_EMPTY vivaldi
  !insertmacro REMOVE_EMPTY firefox
  !insertmacro REMOVE_EMPTY ""
!endif
  Delete "$INSTDIR\maxo-call.cmd"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing else is in it
  DeleteRegKey ${ROOT} "${UNINSTALL_KEY}"
SectionEnd
