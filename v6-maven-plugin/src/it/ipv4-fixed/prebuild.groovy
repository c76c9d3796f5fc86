// Jib wants compiled classes, if none of them: this project is about something else.
new File(basedir, 'target/classes').mkdirs()
