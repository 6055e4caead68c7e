@echo off
rem Runs Flamenco with the Java beside this archive, that of JAVA_HOME, or the one on the PATH; 21 or later is needed.
rem FLAMENCO_JAVA_OPTS holds further options for the Java virtual machine, such as -Xmx2g.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%~dp0..\java\bin\java.exe" set "JAVA=%~dp0..\java\bin\java.exe"
"%JAVA%" %FLAMENCO_JAVA_OPTS% -jar "%~dp0..\lib\flamenco.jar" %*
exit /b %ERRORLEVEL%
