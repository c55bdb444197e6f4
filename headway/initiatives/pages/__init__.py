"""What pages of every stage are made of: `detail` shows a record, `write` carries out a form."""
