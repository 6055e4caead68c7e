@echo off
rem Runs Flamenco. JAVA_HOME names a Java of version 21 or later; FLAMENCO_JAVA_OPTS holds further options for it.
setlocal
set "JAVA=java"
if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" %FLAMENCO_JAVA_OPTS% -jar "%~dp0..\lib\flamenco.jar" %*
exit /b %ERRORLEVEL%
