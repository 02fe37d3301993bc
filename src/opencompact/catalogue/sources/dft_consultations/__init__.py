"""Department for Transport consultations 2009 to 2012."""
